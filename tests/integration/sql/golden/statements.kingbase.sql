DELETE FROM access_change WHERE access_change.epoch <= :epoch_1;

DELETE FROM batch_seal WHERE batch_seal.id = :id_1;

DELETE FROM count_cell;

DELETE FROM count_group;

DELETE FROM count_member;

DELETE FROM count_sum;

DELETE FROM credentials WHERE credentials.id LIKE :id_1;

DELETE FROM done_command WHERE done_command.actor = :by AND done_command.request_key = :under;

DELETE FROM form_draft WHERE form_draft.id = :id_1;

DELETE FROM form_draft WHERE form_draft.id IN (__[POSTCOMPILE_id_1]);

DELETE FROM graded_subject WHERE graded_subject.row_seal = :row_seal_1;

DELETE FROM graded_subject WHERE graded_subject.rule_id = :rule_id_1 AND graded_subject.as_of = :as_of_1 AND graded_subject.subject_id IN (__[POSTCOMPILE_subject_id_1]) AND graded_subject.row_seal IN (__[POSTCOMPILE_row_seal_1]);

DELETE FROM graded_subject WHERE graded_subject.subject_id IN (__[POSTCOMPILE_subject_id_1]);

DELETE FROM grant_holding WHERE grant_holding.kind = :kind_1;

DELETE FROM outbox WHERE outbox.position < :position_1;

DELETE FROM receiver WHERE receiver.name = :called;

DELETE FROM risk_result;

DELETE FROM station_message WHERE station_message.id IN (__[POSTCOMPILE_id_1]);

DELETE FROM subject_fact WHERE subject_fact.form = :form_1 AND subject_fact.name IN (__[POSTCOMPILE_name_1]) OR subject_fact.form = :form_2 AND subject_fact.name IN (__[POSTCOMPILE_name_2]) OR subject_fact.name IN (__[POSTCOMPILE_name_3]) AND subject_fact.form = :form_3 AND subject_fact.code_value IS NOT NULL;

DELETE FROM subject_fact WHERE subject_fact.row_seal = :row_seal_1;

DELETE FROM subject_fact WHERE subject_fact.subject_id = :subject AND subject_fact.name = :fact AND subject_fact.known_on = :day AND subject_fact.source = :origin AND subject_fact.row_seal = :batch;

DELETE FROM subject_fact WHERE subject_fact.subject_id IN (__[POSTCOMPILE_subject_id_1]);

DELETE FROM subject_statement WHERE subject_statement.row_seal = :row_seal_1;

DELETE FROM subject_statement WHERE subject_statement.subject_id = :subject AND subject_statement.recorded = :place;

DELETE FROM subject_statement WHERE subject_statement.subject_id IN (__[POSTCOMPILE_subject_id_1]);

DELETE FROM task_party WHERE task_party.task_id = :task_id_1;

DELETE FROM user_department WHERE user_department.user_id = :owned_by;

INSERT INTO access_change (epoch, target) VALUES (:epoch, :target);

INSERT INTO access_group (id, version, name, department, enabled, row_seal, body) VALUES (:id, :version, :name, :department, :enabled, :row_seal, :body);

INSERT INTO access_role (id, version, name, department, enabled, row_seal, body) VALUES (:id, :version, :name, :department, :enabled, :row_seal, :body);

INSERT INTO app_user (id, version, login, living_login, living_user_code, party, home, kind, enabled, deleted_at, account, person, name_index, phone_index, document_index, row_seal, body) VALUES (:id, :version, :login, :living_login, :living_user_code, :party, :home, :kind, :enabled, :deleted_at, :account, :person, :name_index, :phone_index, :document_index, :row_seal, :body);

INSERT INTO approval_file (id, version, register, position, enabled, deleted_at, region, department, label, reference_code, synchronised, added_at, content, cells, row_seal, body) VALUES (:id, :version, :register, :position, :enabled, :deleted_at, :region, :department, :label, :reference_code, :synchronised, :added_at, :content, :cells, :row_seal, :body);

INSERT INTO approval_file_cell (entry_id, name, place, register, refers, value, living) VALUES (:entry_id, :name, :place, :register, :refers, :value, :living);

INSERT INTO article (id, version, region, title, portal_column, kind, tags, department, trade, state, told_on, summary, approvals, returns, body, row_seal) VALUES (:id, :version, :region, :title, :portal_column, :kind, :tags, :department, :trade, :state, :told_on, :summary, :approvals, :returns, :body, :row_seal);

INSERT INTO assoc_person (id, version, register, position, enabled, deleted_at, region, department, label, reference_code, synchronised, added_at, content, cells, row_seal, body) VALUES (:id, :version, :register, :position, :enabled, :deleted_at, :region, :department, :label, :reference_code, :synchronised, :added_at, :content, :cells, :row_seal, :body);

INSERT INTO assoc_person_cell (entry_id, name, place, register, refers, value, living) VALUES (:entry_id, :name, :place, :register, :refers, :value, :living);

INSERT INTO association (id, version, region, sealed, row_seal, body) VALUES (:id, :version, :region, :sealed, :row_seal, :body);

INSERT INTO attachment (id, version, kind, thing, slot, gone_at, sealed, content_index, row_seal, body) VALUES (:id, :version, :kind, :thing, :slot, :gone_at, :sealed, :content_index, :row_seal, :body);

INSERT INTO attachment_piece (attachment_id, address) VALUES (:attachment_id, :address);

INSERT INTO audit_checkpoint (tree_size, log_id, root, made_at, previous, frontier, signature) VALUES (:tree_size, :log_id, :root, :made_at, :previous, :frontier, :signature);

INSERT INTO audit_cosignature (tree_size, witness, made_at, signature) VALUES (:tree_size, :witness, :made_at, :signature);

INSERT INTO audit_row (position, happened_at, actor, department, action, outcome, request, targets, note, leaf) VALUES (:position, :happened_at, :actor, :department, :action, :outcome, :request, :targets, :note, :leaf);

INSERT INTO audit_segment (first_row, upto, file_name, digest, made_at) VALUES (:first_row, :upto, :file_name, :digest, :made_at);

INSERT INTO audit_target (about, position) VALUES (:about, :position);

INSERT INTO batch_seal (id, version, row_seal, body) VALUES (:id, :version, :row_seal, :body);

INSERT INTO category (id, version, name, region, parent, deleted, body) VALUES (:id, :version, :name, :region, :parent, :deleted, :body);

INSERT INTO challenge (id, version, row_seal, body) VALUES (:id, :version, :row_seal, :body);

INSERT INTO check_item (id, version, code, region, state, matter_code, label, row_seal, body) VALUES (:id, :version, :code, :region, :state, :matter_code, :label, :row_seal, :body);

INSERT INTO check_item_material (check_item_id, material) VALUES (:check_item_id, :material);

INSERT INTO checklist (id, version, code, region, name, trade, state, is_default, pilot, lead_department, joining, published, item_count, created_at, body, row_seal) VALUES (:id, :version, :code, :region, :name, :trade, :state, :is_default, :pilot, :lead_department, :joining, :published, :item_count, :created_at, :body, :row_seal);

INSERT INTO checklist_department (checklist_id, department) VALUES (:checklist_id, :department);

INSERT INTO clue (id, version, title, channel, kind, state, subject, region, holder, registered_by, due_on, registered_on, service, scene, disposal, by_staff, reporter_index, sealed, row_seal, body) VALUES (:id, :version, :title, :channel, :kind, :state, :subject, :region, :holder, :registered_by, :due_on, :registered_on, :service, :scene, :disposal, :by_staff, :reporter_index, :sealed, :row_seal, :body);

INSERT INTO clue_department (clue_id, department) VALUES (:clue_id, :department);

INSERT INTO count_cell (measure, about, counted_on, region, group_id, value, many) VALUES (:measure, :about, :counted_on, :region, :group_id, :value, :many);

INSERT INTO count_group (id, content) VALUES (:id, :content);

INSERT INTO count_member (department, group_id) VALUES (:department, :group_id);

INSERT INTO count_sum (along, region, measure, counted_in, value, concerned, many) VALUES (:along, :region, :measure, :counted_in, :value, :concerned, :many);

INSERT INTO counted (kind, root_id, cells) VALUES (:kind, :root_id, :cells);

INSERT INTO counter (name, upto) VALUES (:name, :upto);

INSERT INTO counterpart (id, version, kind, row_seal, body) VALUES (:id, :version, :kind, :row_seal, :body);

INSERT INTO credentials (id, version, row_seal, body) VALUES (:id, :version, :row_seal, :body);

INSERT INTO credentials_certificate (credentials_id, thumbprint) VALUES (:credentials_id, :thumbprint);

INSERT INTO credit_model (id, version, region, label, body, row_seal) VALUES (:id, :version, :region, :label, :body, :row_seal);

INSERT INTO current_grade (id, version, rule, subject, grade, grade_name, as_of, risk_level, risk_points, credit_level, credit_points, region, category, code, body, row_seal) VALUES (:id, :version, :rule, :subject, :grade, :grade_name, :as_of, :risk_level, :risk_points, :credit_level, :credit_points, :region, :category, :code, :body, :row_seal);

INSERT INTO current_grade_department (grade_id, department) VALUES (:grade_id, :department);

INSERT INTO data_change (id, version, region, sealed, row_seal, body) VALUES (:id, :version, :region, :sealed, :row_seal, :body);

INSERT INTO dead_letter (id, version, receiver, state, position, row_seal, body) VALUES (:id, :version, :receiver, :state, :position, :row_seal, :body);

INSERT INTO department (id, version, name, code, living_code, short_name, line, region, parent, place, enabled, deleted_at, row_seal, body) VALUES (:id, :version, :name, :code, :living_code, :short_name, :line, :region, :parent, :place, :enabled, :deleted_at, :row_seal, :body);

INSERT INTO department_administrator (department_id, user_id) VALUES (:department_id, :user_id);

INSERT INTO directory_change (position, kind, changed, change, happened_at) VALUES (:position, :kind, :changed, :change, :happened_at);

INSERT INTO document_template (id, version, name, document, region, department, state, place, enabled, row_seal, body) VALUES (:id, :version, :name, :document, :region, :department, :state, :place, :enabled, :row_seal, :body);

INSERT INTO done_command (actor, request_key, action, request, answer, done_on) VALUES (:actor, :request_key, :action, :request, :answer, :done_on);

INSERT INTO draw (id, version, of_task, state, pool_hash, drawn_hash, body, row_seal) VALUES (:id, :version, :of_task, :state, :pool_hash, :drawn_hash, :body, :row_seal);

INSERT INTO draw_pool (pool_hash, part_number, content) VALUES (:pool_hash, :part_number, :content);

INSERT INTO draw_series (id, version, lead, draw_year, body, row_seal) VALUES (:id, :version, :lead, :draw_year, :body, :row_seal);

INSERT INTO draw_tree (id, version, body, row_seal) VALUES (:id, :version, :body, :row_seal);

INSERT INTO evaluation_round (id, version, model_id, counts_for, body, row_seal) VALUES (:id, :version, :model_id, :counts_for, :body, :row_seal);

INSERT INTO export_request (id, version, about, region, state, purpose, row_seal, body) VALUES (:id, :version, :about, :region, :state, :purpose, :row_seal, :body);

INSERT INTO face_check (id, version, certify_id, row_seal, body) VALUES (:id, :version, :certify_id, :row_seal, :body);

INSERT INTO field_companion (device_id, companion) VALUES (:device_id, :companion);

INSERT INTO field_device (id, version, owner, department, row_seal, body) VALUES (:id, :version, :owner, :department, :row_seal, :body);

INSERT INTO field_record (id, version, owner, state, thing, left_version, row_seal, body) VALUES (:id, :version, :owner, :state, :thing, :left_version, :row_seal, :body);

INSERT INTO form_draft (id, version, owner, sealed, row_seal, body) VALUES (:id, :version, :owner, :sealed, :row_seal, :body);

INSERT INTO graded_subject (rule_id, as_of, subject_id, grade, risk_level, credit_level, "record", record_hash, row_seal) VALUES (:rule_id, :as_of, :subject_id, :grade, :risk_level, :credit_level, :record, :record_hash, :row_seal);

INSERT INTO grading_rule (id, version, region, label, body, row_seal) VALUES (:id, :version, :region, :label, :body, :row_seal);

INSERT INTO grant_holding (sheet_id, kind, held, holder) VALUES (:sheet_id, :kind, :held, :holder);

INSERT INTO grant_sheet (id, version, row_seal, body) VALUES (:id, :version, :row_seal, :body);

INSERT INTO guess_limit (id, version, row_seal, body) VALUES (:id, :version, :row_seal, :body);

INSERT INTO handbook (id, version, region, name, trade, scene, department, state, position, batch, changed_on, changed_by, line, body, row_seal) VALUES (:id, :version, :region, :name, :trade, :scene, :department, :state, :position, :batch, :changed_on, :changed_by, :line, :body, :row_seal);

INSERT INTO handbook_reading (handbook_id, channel, read_on, reads) VALUES (:handbook_id, :channel, :read_on, :reads);

INSERT INTO institution (id, version, region, sealed, row_seal, body) VALUES (:id, :version, :region, :sealed, :row_seal, :body);

INSERT INTO institution (id, version, register, position, enabled, deleted_at, region, department, label, content, cells, row_seal, body) VALUES (:id, :version, :register, :position, :enabled, :deleted_at, :region, :department, :label, :content, :cells, :row_seal, :body);

INSERT INTO institution (id, version, register, position, enabled, deleted_at, region, department, label, reference_code, synchronised, added_at, content, cells, row_seal, body) VALUES (:id, :version, :register, :position, :enabled, :deleted_at, :region, :department, :label, :reference_code, :synchronised, :added_at, :content, :cells, :row_seal, :body);

INSERT INTO institution_cell (entry_id, name, place, register, refers, value, living) VALUES (:entry_id, :name, :place, :register, :refers, :value, :living);

INSERT INTO job (id, version, author, state, sealed, row_seal, body) VALUES (:id, :version, :author, :state, :sealed, :row_seal, :body);

INSERT INTO key_mark (name, key_version, mark) VALUES (:name, :key_version, :mark);

INSERT INTO law (id, version, title, kind, issuer, promulgated_on, in_force_from, in_force_until, state, region, department, provision_count, changed_at, row_seal, body) VALUES (:id, :version, :title, :kind, :issuer, :promulgated_on, :in_force_from, :in_force_until, :state, :region, :department, :provision_count, :changed_at, :row_seal, :body);

INSERT INTO law_provision (law_id, place, id, enabled) VALUES (:law_id, :place, :id, :enabled);

INSERT INTO log_in (id, version, row_seal, body) VALUES (:id, :version, :row_seal, :body);

INSERT INTO log_in_session (id, version, owner, ended_at, row_seal, body) VALUES (:id, :version, :owner, :ended_at, :row_seal, :body);

INSERT INTO notice (id, version, owner, state, made_at, sealed, row_seal, body) VALUES (:id, :version, :owner, :state, :made_at, :sealed, :row_seal, :body);

INSERT INTO officer (id, version, name, department, region, state, employer, certificate, phone_index, document_index, account, phone, sex, extras, sealed, row_seal, body) VALUES (:id, :version, :name, :department, :region, :state, :employer, :certificate, :phone_index, :document_index, :account, :phone, :sex, :extras, :sealed, :row_seal, :body);

INSERT INTO officer_certificate (officer_id, code) VALUES (:officer_id, :code);

INSERT INTO outbox (position, name, happened_at, kind, thing, version, facts) VALUES (:position, :name, :happened_at, :kind, :thing, :version, :facts);

INSERT INTO partner_licence (id, version, register, position, enabled, deleted_at, region, department, label, reference_code, synchronised, added_at, content, cells, row_seal, body) VALUES (:id, :version, :register, :position, :enabled, :deleted_at, :region, :department, :label, :reference_code, :synchronised, :added_at, :content, :cells, :row_seal, :body);

INSERT INTO partner_licence_cell (entry_id, name, place, register, refers, value, living) VALUES (:entry_id, :name, :place, :register, :refers, :value, :living);

INSERT INTO partner_person (id, version, register, position, enabled, deleted_at, region, department, label, reference_code, synchronised, added_at, content, cells, row_seal, body) VALUES (:id, :version, :register, :position, :enabled, :deleted_at, :region, :department, :label, :reference_code, :synchronised, :added_at, :content, :cells, :row_seal, :body);

INSERT INTO partner_person_cell (entry_id, name, place, register, refers, value, living) VALUES (:entry_id, :name, :place, :register, :refers, :value, :living);

INSERT INTO phone_change (id, version, sealed, row_seal, body) VALUES (:id, :version, :sealed, :row_seal, :body);

INSERT INTO phone_notice (id, version, made_at, sent_at, sealed, row_seal, body) VALUES (:id, :version, :made_at, :sent_at, :sealed, :row_seal, :body);

INSERT INTO plan (id, version, code, name, scene, plan_year, region, lead_department, state, joining, starts_on, ends_on, sub_plan_count, row_seal, body) VALUES (:id, :version, :code, :name, :scene, :plan_year, :region, :lead_department, :state, :joining, :starts_on, :ends_on, :sub_plan_count, :row_seal, :body);

INSERT INTO plan_department (plan_id, department) VALUES (:plan_id, :department);

INSERT INTO preferences (id, version, row_seal, body) VALUES (:id, :version, :row_seal, :body);

INSERT INTO proposal (id, version, region, sealed, row_seal, body) VALUES (:id, :version, :region, :sealed, :row_seal, :body);

INSERT INTO publication (id, version, task, subject, name, credit_code, scene, region, state, formed_on, due_on, until, body, row_seal) VALUES (:id, :version, :task, :subject, :name, :credit_code, :scene, :region, :state, :formed_on, :due_on, :until, :body, :row_seal);

INSERT INTO receiver (name, upto) VALUES (:name, :upto);

INSERT INTO rectification (id, version, code, visit, task, subject, region, department, state, is_open, due_on, sealed, body, row_seal) VALUES (:id, :version, :code, :visit, :task, :subject, :region, :department, :state, :is_open, :due_on, :sealed, :body, :row_seal);

INSERT INTO rectification_department (rectification_id, department) VALUES (:rectification_id, :department);

INSERT INTO region (id, version, position, enabled, deleted_at, content, search, code, parent, row_seal, body) VALUES (:id, :version, :position, :enabled, :deleted_at, :content, :search, :code, :parent, :row_seal, :body);

INSERT INTO region_cell (entry_id, name, digest, living) VALUES (:entry_id, :name, :digest, :living);

INSERT INTO register_cell (entry_id, name, place, register, refers, value, living) VALUES (:entry_id, :name, :place, :register, :refers, :value, :living);

INSERT INTO register_entry (id, version, register, position, enabled, deleted_at, region, department, label, content, cells, row_seal, body) VALUES (:id, :version, :register, :position, :enabled, :deleted_at, :region, :department, :label, :content, :cells, :row_seal, :body);

INSERT INTO register_entry (id, version, register, position, enabled, deleted_at, region, department, label, reference_code, synchronised, added_at, content, cells, row_seal, body) VALUES (:id, :version, :register, :position, :enabled, :deleted_at, :region, :department, :label, :reference_code, :synchronised, :added_at, :content, :cells, :row_seal, :body);

INSERT INTO registration_change (id, version, region, row_seal, body) VALUES (:id, :version, :region, :row_seal, :body);

INSERT INTO review (id, version, visit, task, region, department, done, body, row_seal) VALUES (:id, :version, :visit, :task, :region, :department, :done, :body, :row_seal);

INSERT INTO risk_model (id, version, region, label, body, row_seal) VALUES (:id, :version, :region, :label, :body, :row_seal);

INSERT INTO risk_result (subject_id, "level", total, faults, p_fines) SELECT placed.subject, CASE WHEN (placed.faults > 0) THEN NULL WHEN (placed.position = 0) THEN :param_1 WHEN (placed.position = 1) THEN :param_2 ELSE NULL END AS "level", CASE WHEN (placed.faults > 0) THEN NULL ELSE placed.total END AS total, placed.faults, placed.p_fines
FROM (SELECT measured.subject AS subject, measured.p_fines AS p_fines, measured.faults AS faults, measured.total AS total, CASE WHEN (measured.total < 500) THEN 0 ELSE 1 END AS position
FROM (SELECT scored.subject AS subject, scored.p_fines AS p_fines, scored.faults AS faults, CASE WHEN (scored.p_fines IS NULL) THEN 0 ELSE scored.p_fines END AS total
FROM (SELECT facts.subject AS subject, CASE WHEN (facts.fines IS NULL) THEN NULL WHEN (facts.fines < 1) THEN 0 WHEN (facts.fines < 5) THEN 600 ELSE 1200 END AS p_fines, 0 AS faults
FROM (SELECT facts_of_subjects.subject AS subject, CAST(facts_of_subjects.fines AS BIGINT) AS fines
FROM (SELECT subject.id AS subject, wide.fines AS fines
FROM subject LEFT OUTER JOIN (SELECT marked.subject_id AS subject_id, max(CASE WHEN (marked.place = marked.last_0) THEN marked.fines END) AS fines
FROM (SELECT placed.subject_id AS subject_id, placed.place AS place, placed.fines AS fines, max(CASE WHEN (placed.fines IS NOT NULL) THEN placed.place END) OVER (PARTITION BY placed.subject_id) AS last_0
FROM (SELECT said.subject_id AS subject_id, row_number() OVER (PARTITION BY said.subject_id ORDER BY said.known_on, said.recorded) AS place, said.fines AS fines
FROM (SELECT subject_fact.subject_id AS subject_id, subject_fact.known_on AS known_on, subject_fact.recorded AS recorded, CASE WHEN (subject_fact.name = :name_1) THEN subject_fact.int_value END AS fines
FROM subject_fact
WHERE subject_fact.name IN (__[POSTCOMPILE_name_2]) AND subject_fact.known_on <= :known_on_1) AS said) AS placed) AS marked GROUP BY marked.subject_id) AS wide ON wide.subject_id = subject.id) AS facts_of_subjects) AS facts
 LIMIT ALL OFFSET :param_3) AS scored
 LIMIT ALL OFFSET :param_4) AS measured
 LIMIT ALL OFFSET :param_5) AS placed;

INSERT INTO scene (id, version, code, region, name, sort, state, published_at, lead_department, joining, tags, row_seal, body) VALUES (:id, :version, :code, :region, :name, :sort, :state, :published_at, :lead_department, :joining, :tags, :row_seal, :body);

INSERT INTO scene_association (scene_id, association) VALUES (:scene_id, :association);

INSERT INTO scene_checklist (scene_id, checklist) VALUES (:scene_id, :checklist);

INSERT INTO scene_department (scene_id, department) VALUES (:scene_id, :department);

INSERT INTO scene_model (scene_id, model) VALUES (:scene_id, :model);

INSERT INTO second_person_request (id, version, asked_by, about, state, lapses_at, sealed, row_seal, body) VALUES (:id, :version, :asked_by, :about, :state, :lapses_at, :sealed, :row_seal, :body);

INSERT INTO served_letter (id, version, code, rectification, task, subject, region, department, channel, state, link, made_at, opened_at, sealed, body, row_seal) VALUES (:id, :version, :code, :rectification, :task, :subject, :region, :department, :channel, :state, :link, :made_at, :opened_at, :sealed, :body, :row_seal);

INSERT INTO source_limit (id, version, row_seal, body) VALUES (:id, :version, :row_seal, :body);

INSERT INTO staged_content (file_id, address) VALUES (:file_id, :address);

INSERT INTO staged_file (id, version, owner, begun_at, byte_count, sealed, row_seal, body) VALUES (:id, :version, :owner, :begun_at, :byte_count, :sealed, :row_seal, :body);

INSERT INTO staged_piece (file_id, piece_number, address) VALUES (:file_id, :piece_number, :address);

INSERT INTO standard_material (id, version, region, code, name, enabled, row_seal, body) VALUES (:id, :version, :region, :code, :name, :enabled, :row_seal, :body);

INSERT INTO station_message (id, owner, title, words, kind, thing, facts, made_at, unread, read_at) VALUES (:id, :owner, :title, :words, :kind, :thing, :facts, :made_at, :unread, :read_at);

INSERT INTO subject (id, version, kind, name, code, region, city, status, industry, category, principal, doubtful, deleted, shared, tags, extras, sealed, code_index, principal_index, row_seal, body) VALUES (:id, :version, :kind, :name, :code, :region, :city, :status, :industry, :category, :principal, :doubtful, :deleted, :shared, :tags, :extras, :sealed, :code_index, :principal_index, :row_seal, :body);

INSERT INTO subject_department (subject_id, department) VALUES (:subject_id, :department);

INSERT INTO subject_fact (subject_id, name, known_on, source, recorded, form, int_value, code_value) VALUES (:subject_id, :name, :known_on, :source, :recorded, :form, :int_value, :code_value);

INSERT INTO subject_fact (subject_id, name, known_on, source, recorded, form, int_value, code_value, row_seal) VALUES (:subject_id, :name, :known_on, :source, :recorded, :form, :int_value, :code_value, :row_seal);

INSERT INTO subject_former_code (subject_id, code) VALUES (:subject_id, :code);

INSERT INTO subject_said (subject_id, said) VALUES (:subject_id, :said);

INSERT INTO subject_statement (subject_id, recorded, known_on, source, registered_capital, shareholders, outside_investments, branches, established_on, entity_type, licences, licence_expires_on, paid_in_capital_share, representative_changes_3y, name_changes_3y, domicile_changes_3y, scope_changes_3y, loss_years_3y, debt_ratio, in_liquidation, insured_staff, staff, tax_paid_1y, tax_in_arrears, share_freezes_3y, abnormal_listed, abnormal_listings_3y, dishonesty_listed, judgment_defaulter, credit_repaired, penalties_3y, penalty_amount_3y, lawsuits_3y, complaints_1y, bad_press_1m, accidents_3y, sampling_failures_1y, major_hazard_source, liability_insured, quality_deposit_paid, fraud_alerts_1y, row_seal) VALUES (:subject_id, :recorded, :known_on, :source, :registered_capital, :shareholders, :outside_investments, :branches, :established_on, :entity_type, :licences, :licence_expires_on, :paid_in_capital_share, :representative_changes_3y, :name_changes_3y, :domicile_changes_3y, :scope_changes_3y, :loss_years_3y, :debt_ratio, :in_liquidation, :insured_staff, :staff, :tax_paid_1y, :tax_in_arrears, :share_freezes_3y, :abnormal_listed, :abnormal_listings_3y, :dishonesty_listed, :judgment_defaulter, :credit_repaired, :penalties_3y, :penalty_amount_3y, :lawsuits_3y, :complaints_1y, :bad_press_1m, :accidents_3y, :sampling_failures_1y, :major_hazard_source, :liability_insured, :quality_deposit_paid, :fraud_alerts_1y, :row_seal);

INSERT INTO subject_statement (subject_id, recorded, known_on, source, registered_capital, shareholders, outside_investments, branches, established_on, licences, licence_expires_on, paid_in_capital_share, representative_changes_3y, name_changes_3y, domicile_changes_3y, scope_changes_3y, loss_years_3y, debt_ratio, insured_staff, staff, tax_paid_1y, share_freezes_3y, abnormal_listings_3y, penalties_3y, penalty_amount_3y, lawsuits_3y, complaints_1y, bad_press_1m, accidents_3y, sampling_failures_1y, fraud_alerts_1y, in_liquidation, tax_in_arrears, abnormal_listed, dishonesty_listed, judgment_defaulter, credit_repaired, major_hazard_source, liability_insured, quality_deposit_paid, entity_type) VALUES (:subject_id, :recorded, :known_on, :source, :registered_capital, :shareholders, :outside_investments, :branches, :established_on, :licences, :licence_expires_on, :paid_in_capital_share, :representative_changes_3y, :name_changes_3y, :domicile_changes_3y, :scope_changes_3y, :loss_years_3y, :debt_ratio, :insured_staff, :staff, :tax_paid_1y, :share_freezes_3y, :abnormal_listings_3y, :penalties_3y, :penalty_amount_3y, :lawsuits_3y, :complaints_1y, :bad_press_1m, :accidents_3y, :sampling_failures_1y, :fraud_alerts_1y, :in_liquidation, :tax_in_arrears, :abnormal_listed, :dishonesty_listed, :judgment_defaulter, :credit_repaired, :major_hazard_source, :liability_insured, :quality_deposit_paid, :entity_type);

INSERT INTO subject_tag (subject_id, tag, name) VALUES (:subject_id, :tag, :name);

INSERT INTO synchronisation (id, version, row_seal, body) VALUES (:id, :version, :row_seal, :body);

INSERT INTO tag (id, version, name, region, enabled, row_seal, body) VALUES (:id, :version, :name, :region, :enabled, :row_seal, :body);

INSERT INTO task (id, version, code, name, scene, plan, kind, state, region, lead_department, starts_on, ends_on, checklist, task_year, created_at, dispatched_at, confirm_by, confirmed_on, body, row_seal) VALUES (:id, :version, :code, :name, :scene, :plan, :kind, :state, :region, :lead_department, :starts_on, :ends_on, :checklist, :task_year, :created_at, :dispatched_at, :confirm_by, :confirmed_on, :body, :row_seal);

INSERT INTO task_department (task_id, department, code) VALUES (:task_id, :department, :code);

INSERT INTO task_party (task_id, party) VALUES (:task_id, :party);

INSERT INTO team (id, version, region, leader, deleted, label, row_seal, body) VALUES (:id, :version, :region, :leader, :deleted, :label, :row_seal, :body);

INSERT INTO team_member (team_id, officer_id) VALUES (:team_id, :officer_id);

INSERT INTO term_warning (id, version, kind, state, task, department, lead, region, due_on, body, row_seal) VALUES (:id, :version, :kind, :state, :task, :department, :lead, :region, :due_on, :body, :row_seal);

INSERT INTO term_warning_department (warning_id, department) VALUES (:warning_id, :department);

INSERT INTO todo (kind, root_id, part, verb, assignee, due_on, permission, label, subject) VALUES (:kind, :root_id, :part, :verb, :assignee, :due_on, :permission, :label, :subject);

INSERT INTO transfer (id, version, reason, kind, state, visit, subject, region, department, receiver, task, scene, body, row_seal) VALUES (:id, :version, :reason, :kind, :state, :visit, :subject, :region, :department, :receiver, :task, :scene, :body, :row_seal);

INSERT INTO transfer_department (transfer_id, department) VALUES (:transfer_id, :department);

INSERT INTO unscheduled_run (id, version, rule, as_of, body, row_seal) VALUES (:id, :version, :rule, :as_of, :body, :row_seal);

INSERT INTO user_department (user_id, department, place) VALUES (:user_id, :department, :place);

INSERT INTO visit (id, version, code, task, subject, region, state, is_open, due_on, formed_on, cap_year, findings, key_findings, obstructed, unreachable, lead, starts_on, assisted, place_proof, sealed, body, row_seal) VALUES (:id, :version, :code, :task, :subject, :region, :state, :is_open, :due_on, :formed_on, :cap_year, :findings, :key_findings, :obstructed, :unreachable, :lead, :starts_on, :assisted, :place_proof, :sealed, :body, :row_seal);

INSERT INTO visit_department (visit_id, department, task, is_open, code) VALUES (:visit_id, :department, :task, :is_open, :code);

INSERT INTO visit_extension (id, code, task, subject, region, lead, department, officer, state, days, old_due, new_due) VALUES (:id, :code, :task, :subject, :region, :lead, :department, :officer, :state, :days, :old_due, :new_due);

INSERT INTO visit_officer (visit_id, officer, code) VALUES (:visit_id, :officer, :code);

INSERT INTO visit_rating (id, version, department, rated_on, lawful, courteous, helpful, body, row_seal) VALUES (:id, :version, :department, :rated_on, :lawful, :courteous, :helpful, :body, :row_seal);

SELECT 1
FROM app_user
 LIMIT :param_1;

SELECT 1
FROM association
 LIMIT :param_1;

SELECT 1
FROM attachment
 LIMIT :param_1;

SELECT 1
FROM audit_row
 LIMIT :param_1;

SELECT 1
FROM category
 LIMIT :param_1;

SELECT 1
FROM check_item
 LIMIT :param_1;

SELECT 1
FROM checklist
 LIMIT :param_1;

SELECT 1
FROM clue
 LIMIT :param_1;

SELECT 1
FROM credentials
 LIMIT :param_1;

SELECT 1
FROM credit_model
 LIMIT :param_1;

SELECT 1
FROM current_grade
 LIMIT :param_1;

SELECT 1
FROM department
 LIMIT :param_1;

SELECT 1
FROM document_template
 LIMIT :param_1;

SELECT 1
FROM draw
 LIMIT :param_1;

SELECT 1
FROM draw_series
 LIMIT :param_1;

SELECT 1
FROM evaluation_round
 LIMIT :param_1;

SELECT 1
FROM export_request
 LIMIT :param_1;

SELECT 1
FROM field_device
 LIMIT :param_1;

SELECT 1
FROM graded_subject
 LIMIT :param_1;

SELECT 1
FROM grading_rule
 LIMIT :param_1;

SELECT 1
FROM institution
 LIMIT :param_1;

SELECT 1
FROM law
 LIMIT :param_1;

SELECT 1
FROM log_in_session
 LIMIT :param_1;

SELECT 1
FROM officer
 LIMIT :param_1;

SELECT 1
FROM partner_licence
 LIMIT :param_1;

SELECT 1
FROM partner_person
 LIMIT :param_1;

SELECT 1
FROM plan
 LIMIT :param_1;

SELECT 1
FROM publication
 LIMIT :param_1;

SELECT 1
FROM rectification
 LIMIT :param_1;

SELECT 1
FROM region
 LIMIT :param_1;

SELECT 1
FROM register_entry
 LIMIT :param_1;

SELECT 1
FROM review
 LIMIT :param_1;

SELECT 1
FROM risk_model
 LIMIT :param_1;

SELECT 1
FROM scene
 LIMIT :param_1;

SELECT 1
FROM standard_material
 LIMIT :param_1;

SELECT 1
FROM subject
 LIMIT :param_1;

SELECT 1
FROM tag
 LIMIT :param_1;

SELECT 1
FROM task
 LIMIT :param_1;

SELECT 1
FROM team
 LIMIT :param_1;

SELECT 1
FROM transfer
 LIMIT :param_1;

SELECT 1
FROM visit
 LIMIT :param_1;

SELECT DISTINCT counted.kind
FROM counted;

SELECT DISTINCT draw_series.draw_year
FROM draw_series ORDER BY draw_series.draw_year DESC;

SELECT DISTINCT subject_fact.name
FROM subject_fact;

SELECT DISTINCT todo.root_id
FROM todo
WHERE todo.kind = :kind_1 AND todo.root_id > :root_id_1 ORDER BY todo.root_id
 LIMIT :param_1;

SELECT DISTINCT todo.root_id
FROM todo
WHERE todo.kind = :kind_1 ORDER BY todo.root_id
 LIMIT :param_1;

SELECT access_change.epoch, access_change.target
FROM access_change;

SELECT access_change.epoch, access_change.target
FROM access_change
WHERE access_change.epoch > :epoch_1 AND access_change.epoch <= :epoch_2;

SELECT access_group.id, access_group.row_seal
FROM access_group ORDER BY access_group.id
 LIMIT :param_1;

SELECT access_group.id, access_group.version
FROM access_group ORDER BY access_group.id
 LIMIT :param_1;

SELECT access_group.id, access_group.version, access_group.name, access_group.department, access_group.enabled, access_group.row_seal, access_group.body
FROM access_group
WHERE access_group.id = :id;

SELECT access_role.id, access_role.row_seal
FROM access_role ORDER BY access_role.id
 LIMIT :param_1;

SELECT access_role.id, access_role.version
FROM access_role ORDER BY access_role.id
 LIMIT :param_1;

SELECT access_role.id, access_role.version, access_role.name, access_role.department, access_role.enabled, access_role.row_seal, access_role.body
FROM access_role
WHERE access_role.id = :id;

SELECT access_role.id, access_role.version, access_role.name, access_role.department, access_role.enabled, access_role.row_seal, access_role.body
FROM access_role
WHERE access_role.id = :id_1;

SELECT access_role.id, access_role.version, access_role.name, access_role.department, access_role.enabled, access_role.row_seal, access_role.body
FROM access_role
WHERE access_role.id IN (__[POSTCOMPILE_wanted]);

SELECT alembic_version.version_num
FROM alembic_version;

SELECT anon_1.kind, count(*) AS many
FROM (SELECT todo.kind AS kind
FROM todo
WHERE todo.permission IN (__[POSTCOMPILE_permission_1]) AND todo.assignee = :assignee_1 ORDER BY todo.due_on, todo.kind, todo.root_id, todo.part, todo.verb, todo.assignee
 LIMIT :param_1) AS anon_1 GROUP BY anon_1.kind;

SELECT app_user.id, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal
FROM app_user ORDER BY app_user.id
 LIMIT :param_1;

SELECT app_user.id, app_user.version
FROM app_user ORDER BY app_user.id
 LIMIT :param_1;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE (app_user.id) > (:param_1) ORDER BY app_user.id
 LIMIT :param_2;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE app_user.document_index IN (__[POSTCOMPILE_wanted]);

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE app_user.id = :id;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE app_user.id = ANY (:wanted::VARCHAR[]);

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE app_user.living_login = :living_login;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE app_user.living_login IN (__[POSTCOMPILE_wanted]);

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE app_user.living_user_code = :living_user_code;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE app_user.party = :party_1 AND app_user.deleted_at IS NULL ORDER BY app_user.id;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user JOIN user_department ON user_department.user_id = app_user.id
WHERE user_department.department = :department_1 AND app_user.deleted_at IS NULL ORDER BY user_department.place, user_department.user_id;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user ORDER BY app_user.id
 LIMIT :param_1;

SELECT approval_file.id
FROM approval_file ORDER BY approval_file.id
 LIMIT :param_1;

SELECT approval_file.id, approval_file.content, approval_file.row_seal
FROM approval_file ORDER BY approval_file.id
 LIMIT :param_1;

SELECT approval_file.id, approval_file.version
FROM approval_file ORDER BY approval_file.id
 LIMIT :param_1;

SELECT approval_file_cell.register, count(DISTINCT approval_file_cell.entry_id) AS uses
FROM approval_file_cell JOIN approval_file ON approval_file.id = approval_file_cell.entry_id
WHERE approval_file_cell.refers = :refers_1 AND approval_file_cell.value = :value_1 AND approval_file.deleted_at IS NULL GROUP BY approval_file_cell.register;

SELECT article.id
FROM article ORDER BY article.id
 LIMIT :param_1;

SELECT article.id, article.row_seal
FROM article ORDER BY article.id
 LIMIT :param_1;

SELECT article.id, article.version
FROM article ORDER BY article.id
 LIMIT :param_1;

SELECT article.id, article.version, article.region, article.title, article.portal_column, article.kind, article.tags, article.department, article.trade, article.state, article.told_on, article.summary, article.approvals, article.returns, article.body, article.row_seal
FROM article
WHERE article.id = :id;

SELECT assoc_person.id
FROM assoc_person ORDER BY assoc_person.id
 LIMIT :param_1;

SELECT assoc_person.id, assoc_person.content, assoc_person.row_seal
FROM assoc_person ORDER BY assoc_person.id
 LIMIT :param_1;

SELECT assoc_person.id, assoc_person.version
FROM assoc_person ORDER BY assoc_person.id
 LIMIT :param_1;

SELECT assoc_person_cell.register, count(DISTINCT assoc_person_cell.entry_id) AS uses
FROM assoc_person_cell JOIN assoc_person ON assoc_person.id = assoc_person_cell.entry_id
WHERE assoc_person_cell.refers = :refers_1 AND assoc_person_cell.value = :value_1 AND assoc_person.deleted_at IS NULL GROUP BY assoc_person_cell.register;

SELECT association.id, association.version, association.region, association.sealed, association.row_seal, association.body
FROM association
WHERE (association.id) > (:param_1) ORDER BY association.id
 LIMIT :param_2;

SELECT association.id, association.version, association.region, association.sealed, association.row_seal, association.body
FROM association ORDER BY association.id
 LIMIT :param_1;

SELECT attachment.id
FROM attachment ORDER BY attachment.id
 LIMIT :param_1;

SELECT attachment.id, attachment.sealed, attachment.content_index, attachment.row_seal
FROM attachment ORDER BY attachment.id
 LIMIT :param_1;

SELECT attachment.id, attachment.version
FROM attachment ORDER BY attachment.id
 LIMIT :param_1;

SELECT attachment.id, attachment.version, attachment.kind, attachment.thing, attachment.slot, attachment.gone_at, attachment.sealed, attachment.content_index, attachment.row_seal, attachment.body
FROM attachment
WHERE attachment.id = :id;

SELECT audit_checkpoint.tree_size, audit_checkpoint.log_id, audit_checkpoint.root, audit_checkpoint.made_at, audit_checkpoint.previous, audit_checkpoint.frontier, audit_checkpoint.signature
FROM audit_checkpoint ORDER BY audit_checkpoint.tree_size DESC
 LIMIT :param_1;

SELECT audit_row.position, audit_row.happened_at, audit_row.actor, audit_row.department, audit_row.action, audit_row.outcome, audit_row.request, audit_row.targets, audit_row.note, audit_row.leaf
FROM audit_row
WHERE (audit_row.position) > (:param_1) ORDER BY audit_row.position
 LIMIT :param_2;

SELECT audit_row.position, audit_row.happened_at, audit_row.actor, audit_row.department, audit_row.action, audit_row.outcome, audit_row.request, audit_row.targets, audit_row.note, audit_row.leaf
FROM audit_row
WHERE audit_row.action IN (__[POSTCOMPILE_action_1]) ORDER BY audit_row.position
 LIMIT :param_1;

SELECT audit_row.position, audit_row.happened_at, audit_row.actor, audit_row.department, audit_row.action, audit_row.outcome, audit_row.request, audit_row.targets, audit_row.note, audit_row.leaf
FROM audit_row
WHERE audit_row.position >= :position_1 ORDER BY audit_row.position
 LIMIT :param_1;

SELECT audit_row.position, audit_row.happened_at, audit_row.actor, audit_row.department, audit_row.action, audit_row.outcome, audit_row.request, audit_row.targets, audit_row.note, audit_row.leaf
FROM audit_row ORDER BY audit_row.position
 LIMIT :param_1;

SELECT batch_seal.id
FROM batch_seal ORDER BY batch_seal.id
 LIMIT :param_1;

SELECT batch_seal.id, batch_seal.row_seal
FROM batch_seal ORDER BY batch_seal.id
 LIMIT :param_1;

SELECT batch_seal.id, batch_seal.version
FROM batch_seal ORDER BY batch_seal.id
 LIMIT :param_1;

SELECT batch_seal.id, batch_seal.version, batch_seal.row_seal, batch_seal.body
FROM batch_seal
WHERE batch_seal.id = :id_1;

SELECT batch_seal.id, batch_seal.version, batch_seal.row_seal, batch_seal.body
FROM batch_seal
WHERE batch_seal.id >= :id_1 AND batch_seal.id <= :id_2;

SELECT batch_seal.id, batch_seal.version, batch_seal.row_seal, batch_seal.body
FROM batch_seal
WHERE batch_seal.id IN (__[POSTCOMPILE_id_1]);

SELECT batch_seal.id, batch_seal.version, batch_seal.row_seal, batch_seal.body
FROM batch_seal
WHERE batch_seal.id IN (__[POSTCOMPILE_wanted]) ORDER BY batch_seal.id FOR UPDATE;

SELECT batch_seal.row_seal
FROM batch_seal;

SELECT batch_seal.version
FROM batch_seal ORDER BY batch_seal.version DESC;

SELECT category.id, category.version, category.name, category.region, category.parent, category.deleted, category.row_seal, category.body
FROM category
WHERE (category.id) > (:param_1) ORDER BY category.id
 LIMIT :param_2;

SELECT category.id, category.version, category.name, category.region, category.parent, category.deleted, category.row_seal, category.body
FROM category ORDER BY category.id
 LIMIT :param_1;

SELECT challenge.id
FROM challenge ORDER BY challenge.id
 LIMIT :param_1;

SELECT challenge.id, challenge.row_seal
FROM challenge ORDER BY challenge.id
 LIMIT :param_1;

SELECT challenge.id, challenge.version, challenge.row_seal, challenge.body
FROM challenge
WHERE challenge.id = :id;

SELECT check_item.id
FROM check_item ORDER BY check_item.id
 LIMIT :param_1;

SELECT check_item.id, check_item.row_seal
FROM check_item ORDER BY check_item.id
 LIMIT :param_1;

SELECT check_item.id, check_item.version
FROM check_item ORDER BY check_item.id
 LIMIT :param_1;

SELECT check_item.id, check_item.version, check_item.code, check_item.region, check_item.state, check_item.matter_code, check_item.body, check_item.row_seal
FROM check_item
WHERE (check_item.id) > (:param_1) ORDER BY check_item.id
 LIMIT :param_2;

SELECT check_item.id, check_item.version, check_item.code, check_item.region, check_item.state, check_item.matter_code, check_item.body, check_item.row_seal
FROM check_item ORDER BY check_item.id
 LIMIT :param_1;

SELECT check_item.id, check_item.version, check_item.code, check_item.region, check_item.state, check_item.matter_code, check_item.body, check_item.row_seal, check_item.label
FROM check_item
WHERE (check_item.id) > (:param_1) ORDER BY check_item.id
 LIMIT :param_2;

SELECT check_item.id, check_item.version, check_item.code, check_item.region, check_item.state, check_item.matter_code, check_item.body, check_item.row_seal, check_item.label
FROM check_item ORDER BY check_item.id
 LIMIT :param_1;

SELECT check_item.id, check_item.version, check_item.code, check_item.region, check_item.state, check_item.matter_code, check_item.label, check_item.row_seal, check_item.body
FROM check_item
WHERE check_item.id = :id;

SELECT check_item.id, check_item.version, check_item.code, check_item.region, check_item.state, check_item.matter_code, check_item.label, check_item.row_seal, check_item.body
FROM check_item
WHERE check_item.id = ANY (:wanted::VARCHAR[]);

SELECT check_item.id, check_item.version, check_item.code, check_item.region, check_item.state, check_item.matter_code, check_item.label, check_item.row_seal, check_item.body, check_item.code AS called
FROM check_item
WHERE check_item.code = ANY (:ids_1::VARCHAR[]);

SELECT check_item.id, check_item.version, check_item.code, check_item.region, check_item.state, check_item.matter_code, check_item.label, check_item.row_seal, check_item.body, check_item.label AS called
FROM check_item
WHERE check_item.label = ANY (:ids_1::VARCHAR[]);

SELECT checklist.id
FROM checklist ORDER BY checklist.id
 LIMIT :param_1;

SELECT checklist.id, checklist.name, checklist.code, checklist.trade, checklist.lead_department AS lead, checklist.joining, checklist.state, checklist.is_default AS "default", checklist.pilot, checklist.published, checklist.item_count AS items, checklist.region, checklist.created_at
FROM checklist
WHERE checklist.state != :state_1 AND checklist.trade = :trade_1 ORDER BY checklist.code, checklist.id
 LIMIT :param_1;

SELECT checklist.id, checklist.row_seal
FROM checklist ORDER BY checklist.id
 LIMIT :param_1;

SELECT checklist.id, checklist.version
FROM checklist ORDER BY checklist.id
 LIMIT :param_1;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count, checklist.body, checklist.row_seal
FROM checklist
WHERE (checklist.id) > (:param_1) ORDER BY checklist.id
 LIMIT :param_2;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count, checklist.body, checklist.row_seal
FROM checklist ORDER BY checklist.id
 LIMIT :param_1;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count, checklist.body, checklist.row_seal, checklist.pilot, checklist.created_at
FROM checklist
WHERE (checklist.id) > (:param_1) ORDER BY checklist.id
 LIMIT :param_2;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count, checklist.body, checklist.row_seal, checklist.pilot, checklist.created_at
FROM checklist ORDER BY checklist.id
 LIMIT :param_1;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.pilot, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count, checklist.created_at, checklist.body, checklist.row_seal
FROM checklist
WHERE checklist.id = :id;

SELECT clue.id
FROM clue ORDER BY clue.id
 LIMIT :param_1;

SELECT clue.id, clue.sealed, clue.reporter_index, clue.row_seal
FROM clue ORDER BY clue.id
 LIMIT :param_1;

SELECT clue.id, clue.version
FROM clue ORDER BY clue.id
 LIMIT :param_1;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.registered_by, clue.due_on, clue.registered_on, clue.service, clue.scene, clue.disposal, clue.by_staff, clue.reporter_index, clue.sealed, clue.row_seal, clue.body
FROM clue
WHERE clue.id = :id;

SELECT count(*) AS count_1
FROM (SELECT station_message.id AS id
FROM station_message
WHERE station_message.owner = :owner_1 AND station_message.unread = true
 LIMIT :param_1) AS anon_1;

SELECT count(*) AS count_1
FROM register_entry
WHERE register_entry.register = :register_1;

SELECT count(*) AS count_1
FROM safe
WHERE safe.note_index IS NULL;

SELECT count(*) AS count_1
FROM subject_statement;

SELECT count(publication.id) AS count_1
FROM publication
WHERE publication.task = :task_1 AND publication.state = :state_1;

SELECT count(rectification.id) AS count_1
FROM rectification
WHERE rectification.task = :task_1 AND rectification.department = :department_1 AND rectification.is_open = true;

SELECT count(subject.id) AS count_1
FROM subject;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false AND (EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1])));

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false AND (subject.code = :code_1 OR subject.code_index IN (__[POSTCOMPILE_code_index_1]));

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false AND (subject.region LIKE :region_1 || '%' ESCAPE '/');

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[]))));

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false AND subject.category = :category_1;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false AND subject.city = :city_1;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false AND subject.city = :city_1 AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[]))));

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false AND subject.city = :city_1 AND subject.doubtful = true AND (EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1])));

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false AND subject.city = :city_1 AND subject.status = :status_1;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false AND subject.doubtful = false;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false AND subject.doubtful = true;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false AND subject.kind = :kind_1;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false AND subject.name >= :name_1 AND subject.name < :name_2;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.deleted = false AND subject.region = :region_1;

SELECT count(visit.id) AS count_1
FROM visit
WHERE visit.task = :task_1 AND visit.is_open = true;

SELECT count(visit_department.visit_id) AS count_1
FROM visit_department
WHERE visit_department.task = :task_1 AND visit_department.department = :department_1 AND visit_department.is_open = true;

SELECT count_cell.about, sum(count_cell.many) AS total
FROM count_cell
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND (count_cell.region LIKE :region_1 || '%' ESCAPE '/') AND count_cell.about IN (__[POSTCOMPILE_about_1]) GROUP BY count_cell.about;

SELECT count_cell.about, sum(count_cell.many) AS total
FROM count_cell
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND count_cell.about IN (__[POSTCOMPILE_about_1]) GROUP BY count_cell.about;

SELECT count_cell.about, sum(count_cell.many) AS total
FROM count_cell
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND count_cell.region = :region_1 AND count_cell.about IN (__[POSTCOMPILE_about_1]) GROUP BY count_cell.about;

SELECT count_cell.counted_on, sum(count_cell.many) AS total
FROM count_cell
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND (count_cell.region LIKE :region_1 || '%' ESCAPE '/') GROUP BY count_cell.counted_on;

SELECT count_cell.counted_on, sum(count_cell.many) AS total
FROM count_cell
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND count_cell.region = :region_1 GROUP BY count_cell.counted_on;

SELECT count_cell.counted_on, sum(count_cell.many) AS total
FROM count_cell
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 GROUP BY count_cell.counted_on;

SELECT count_cell.measure, count_cell.about, count_cell.counted_on, count_cell.region, count_cell.group_id, count_cell.value, count_cell.many
FROM count_cell;

SELECT count_cell.measure, count_cell.about, count_cell.region, count_cell.group_id, count_cell.counted_on, count_cell.value, count_cell.many
FROM count_cell;

SELECT count_cell.measure, count_cell.value, count_cell.counted_on, count_cell.counted_on AS counted_on__1, count_cell.region, count_member.department, count_cell.about, sum(count_cell.many) AS total
FROM count_cell JOIN count_member ON count_member.group_id = count_cell.group_id
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 GROUP BY count_cell.measure, count_cell.value, count_cell.counted_on, count_cell.counted_on, count_cell.region, count_member.department, count_cell.about;

SELECT count_cell.measure, sum(count_cell.many) AS total
FROM count_cell
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 GROUP BY count_cell.measure;

SELECT count_cell.measure, sum(count_cell.many) AS total
FROM count_cell
WHERE count_cell.measure IN (__[POSTCOMPILE_param_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND count_cell.region = :region_1 AND count_cell.group_id IN (__[POSTCOMPILE_group_id_1]) GROUP BY count_cell.measure;

SELECT count_cell.region, sum(count_cell.many) AS total
FROM count_cell
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND (count_cell.region LIKE :region_1 || '%' ESCAPE '/') GROUP BY count_cell.region;

SELECT count_cell.value, count_cell.region, sum(count_cell.many) AS total
FROM count_cell
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 GROUP BY count_cell.value, count_cell.region;

SELECT count_group.id
FROM count_group
WHERE count_group.id IN (__[POSTCOMPILE_id_1]);

SELECT count_group.id, count_group.content
FROM count_group;

SELECT count_group.id, count_group.content
FROM count_group
WHERE count_group.id IN (SELECT count_member.group_id
FROM count_member
WHERE count_member.department IN (__[POSTCOMPILE_department_1]));

SELECT count_member.department, count_cell.measure, sum(count_cell.many) AS total
FROM count_cell JOIN count_member ON count_member.group_id = count_cell.group_id
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND (count_cell.region LIKE :region_1 || '%' ESCAPE '/') GROUP BY count_member.department, count_cell.measure;

SELECT count_member.department, count_member.group_id
FROM count_member;

SELECT count_member.department, sum(count_cell.many) AS total
FROM count_cell JOIN count_member ON count_member.group_id = count_cell.group_id
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND (count_cell.region LIKE :region_1 || '%' ESCAPE '/') GROUP BY count_member.department;

SELECT count_member.department, sum(count_cell.many) AS total
FROM count_cell JOIN count_member ON count_member.group_id = count_cell.group_id
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND count_cell.region = :region_1 GROUP BY count_member.department;

SELECT count_member.department, sum(count_cell.many) AS total
FROM count_cell JOIN count_member ON count_member.group_id = count_cell.group_id
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 GROUP BY count_member.department;

SELECT count_member.department, sum(count_cell.many) AS total
FROM count_cell JOIN count_member ON count_member.group_id = count_cell.group_id
WHERE count_member.department IN (__[POSTCOMPILE_department_1]) AND count_cell.group_id IN (SELECT count_member.group_id
FROM count_member
WHERE count_member.department IN (__[POSTCOMPILE_department_2])) AND count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND (count_cell.region LIKE :region_1 || '%' ESCAPE '/') GROUP BY count_member.department;

SELECT count_member.department, sum(count_cell.many) AS total
FROM count_cell JOIN count_member ON count_member.group_id = count_cell.group_id
WHERE count_member.department IN (__[POSTCOMPILE_department_1]) AND count_cell.group_id IN (SELECT count_member.group_id
FROM count_member
WHERE count_member.department IN (__[POSTCOMPILE_department_2])) AND count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND count_cell.region = :region_1 GROUP BY count_member.department;

SELECT count_member.department, sum(count_cell.many) AS total
FROM count_cell JOIN count_member ON count_member.group_id = count_cell.group_id
WHERE count_member.department IN (__[POSTCOMPILE_department_1]) AND count_cell.group_id IN (SELECT count_member.group_id
FROM count_member
WHERE count_member.department IN (__[POSTCOMPILE_department_2])) AND count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 GROUP BY count_member.department;

SELECT count_sum.along, count_sum.region, count_sum.measure, count_sum.counted_in, count_sum.value, count_sum.concerned, count_sum.many
FROM count_sum;

SELECT count_sum.concerned, count_sum.measure, sum(count_sum.many) AS total
FROM count_sum
WHERE count_sum.along = :along_1 AND count_sum.region = :region_1 AND count_sum.measure IN (__[POSTCOMPILE_measure_1]) AND count_sum.counted_in >= :counted_in_1 AND count_sum.counted_in < :counted_in_2 GROUP BY count_sum.concerned, count_sum.measure;

SELECT count_sum.concerned, sum(count_sum.many) AS total
FROM count_sum
WHERE count_sum.along = :along_1 AND count_sum.region = :region_1 AND count_sum.measure IN (__[POSTCOMPILE_measure_1]) AND count_sum.counted_in >= :counted_in_1 AND count_sum.counted_in < :counted_in_2 AND count_sum.concerned IN (__[POSTCOMPILE_concerned_1]) GROUP BY count_sum.concerned;

SELECT count_sum.concerned, sum(count_sum.many) AS total
FROM count_sum
WHERE count_sum.along = :along_1 AND count_sum.region = :region_1 AND count_sum.measure IN (__[POSTCOMPILE_measure_1]) AND count_sum.counted_in >= :counted_in_1 AND count_sum.counted_in < :counted_in_2 GROUP BY count_sum.concerned;

SELECT count_sum.counted_in, sum(count_sum.many) AS total
FROM count_sum
WHERE count_sum.along = :along_1 AND count_sum.region = :region_1 AND count_sum.measure IN (__[POSTCOMPILE_measure_1]) AND count_sum.counted_in >= :counted_in_1 AND count_sum.counted_in < :counted_in_2 GROUP BY count_sum.counted_in;

SELECT counted.kind, counted.root_id, counted.cells
FROM counted
WHERE counted.kind = :kind_1 AND counted.root_id IN (__[POSTCOMPILE_root_id_1]);

SELECT counted.root_id, counted.cells
FROM counted
WHERE counted.kind = :kind_1 AND counted.root_id > :root_id_1 ORDER BY counted.root_id
 LIMIT :param_1;

SELECT counted.root_id, counted.cells
FROM counted
WHERE counted.kind = :kind_1 ORDER BY counted.root_id
 LIMIT :param_1;

SELECT counter.upto
FROM counter
WHERE counter.name = :counted;

SELECT counter.upto
FROM counter
WHERE counter.name = :name_1;

SELECT counterpart.id
FROM counterpart ORDER BY counterpart.id
 LIMIT :param_1;

SELECT counterpart.id, counterpart.row_seal
FROM counterpart ORDER BY counterpart.id
 LIMIT :param_1;

SELECT counterpart.id, counterpart.version
FROM counterpart ORDER BY counterpart.id
 LIMIT :param_1;

SELECT counterpart.id, counterpart.version, counterpart.kind, counterpart.row_seal, counterpart.body
FROM counterpart
WHERE counterpart.id = :id;

SELECT credentials.id, credentials.row_seal
FROM credentials ORDER BY credentials.id
 LIMIT :param_1;

SELECT credentials.id, credentials.version
FROM credentials ORDER BY credentials.id
 LIMIT :param_1;

SELECT credentials.id, credentials.version, credentials.row_seal, credentials.body
FROM credentials
WHERE (credentials.id) > (:param_1) ORDER BY credentials.id
 LIMIT :param_2;

SELECT credentials.id, credentials.version, credentials.row_seal, credentials.body
FROM credentials
WHERE credentials.id = :id;

SELECT credentials.id, credentials.version, credentials.row_seal, credentials.body
FROM credentials
WHERE credentials.id IN (SELECT credentials_certificate.credentials_id
FROM credentials_certificate
WHERE credentials_certificate.thumbprint = :thumbprint_1);

SELECT credentials.id, credentials.version, credentials.row_seal, credentials.body
FROM credentials ORDER BY credentials.id
 LIMIT :param_1;

SELECT credit_model.id
FROM credit_model ORDER BY credit_model.id
 LIMIT :param_1;

SELECT credit_model.id, credit_model.row_seal
FROM credit_model ORDER BY credit_model.id
 LIMIT :param_1;

SELECT credit_model.id, credit_model.version
FROM credit_model ORDER BY credit_model.id
 LIMIT :param_1;

SELECT credit_model.id, credit_model.version, credit_model.region, credit_model.label, credit_model.body, credit_model.row_seal
FROM credit_model
WHERE credit_model.id = :id;

SELECT current_grade.id
FROM current_grade ORDER BY current_grade.id
 LIMIT :param_1;

SELECT current_grade.id, current_grade.row_seal
FROM current_grade ORDER BY current_grade.id
 LIMIT :param_1;

SELECT current_grade.id, current_grade.version, current_grade.rule, current_grade.subject, current_grade.grade, current_grade.grade_name, current_grade.as_of, current_grade.risk_level, current_grade.risk_points, current_grade.credit_level, current_grade.credit_points, current_grade.region, current_grade.category, current_grade.body, current_grade.row_seal
FROM current_grade
WHERE (current_grade.id) > (:param_1) ORDER BY current_grade.id
 LIMIT :param_2;

SELECT current_grade.id, current_grade.version, current_grade.rule, current_grade.subject, current_grade.grade, current_grade.grade_name, current_grade.as_of, current_grade.risk_level, current_grade.risk_points, current_grade.credit_level, current_grade.credit_points, current_grade.region, current_grade.category, current_grade.body, current_grade.row_seal
FROM current_grade ORDER BY current_grade.id
 LIMIT :param_1;

SELECT current_grade.id, current_grade.version, current_grade.rule, current_grade.subject, current_grade.grade, current_grade.grade_name, current_grade.as_of, current_grade.risk_level, current_grade.risk_points, current_grade.credit_level, current_grade.credit_points, current_grade.region, current_grade.category, current_grade.body, current_grade.row_seal, current_grade.code
FROM current_grade
WHERE (current_grade.id) > (:param_1) ORDER BY current_grade.id
 LIMIT :param_2;

SELECT current_grade.id, current_grade.version, current_grade.rule, current_grade.subject, current_grade.grade, current_grade.grade_name, current_grade.as_of, current_grade.risk_level, current_grade.risk_points, current_grade.credit_level, current_grade.credit_points, current_grade.region, current_grade.category, current_grade.body, current_grade.row_seal, current_grade.code
FROM current_grade ORDER BY current_grade.id
 LIMIT :param_1;

SELECT current_grade.id, current_grade.version, current_grade.rule, current_grade.subject, current_grade.grade, current_grade.grade_name, current_grade.as_of, current_grade.risk_level, current_grade.risk_points, current_grade.credit_level, current_grade.credit_points, current_grade.region, current_grade.category, current_grade.code, current_grade.body, current_grade.row_seal, batch_seal.row_seal AS batch_seal
FROM current_grade LEFT OUTER JOIN batch_seal ON batch_seal.id = current_grade.row_seal
WHERE current_grade.id = :id;

SELECT data_change.id
FROM data_change ORDER BY data_change.id
 LIMIT :param_1;

SELECT data_change.id, data_change.sealed, data_change.row_seal
FROM data_change ORDER BY data_change.id
 LIMIT :param_1;

SELECT data_change.id, data_change.version
FROM data_change ORDER BY data_change.id
 LIMIT :param_1;

SELECT data_change.id, data_change.version, data_change.region, data_change.sealed, data_change.row_seal, data_change.body
FROM data_change
WHERE data_change.id = :id;

SELECT dead_letter.id
FROM dead_letter ORDER BY dead_letter.id
 LIMIT :param_1;

SELECT dead_letter.id, dead_letter.row_seal
FROM dead_letter ORDER BY dead_letter.id
 LIMIT :param_1;

SELECT dead_letter.id, dead_letter.version
FROM dead_letter ORDER BY dead_letter.id
 LIMIT :param_1;

SELECT dead_letter.id, dead_letter.version, dead_letter.receiver, dead_letter.state, dead_letter.position, dead_letter.row_seal, dead_letter.body
FROM dead_letter
WHERE dead_letter.id = :id;

SELECT dead_letter.id, dead_letter.version, dead_letter.receiver, dead_letter.state, dead_letter.position, dead_letter.row_seal, dead_letter.body
FROM dead_letter
WHERE dead_letter.state IN (__[POSTCOMPILE_state_1]) AND dead_letter.receiver = :of_receiver ORDER BY dead_letter.position, dead_letter.id;

SELECT dead_letter.id, dead_letter.version, dead_letter.receiver, dead_letter.state, dead_letter.position, dead_letter.row_seal, dead_letter.body
FROM dead_letter
WHERE dead_letter.state IN (__[POSTCOMPILE_state_1]) ORDER BY dead_letter.position, dead_letter.id;

SELECT department.id
FROM department
WHERE department.region = :region_1 AND department.deleted_at IS NULL
 LIMIT :param_1;

SELECT department.id, department.body
FROM department ORDER BY department.id;

SELECT department.id, department.parent, department.version, department.row_seal
FROM department
WHERE department.deleted_at IS NULL;

SELECT department.id, department.parent, department.version, department.row_seal
FROM department
WHERE department.deleted_at IS NULL AND department.id IN (__[POSTCOMPILE_id_1]);

SELECT department.id, department.row_seal
FROM department ORDER BY department.id
 LIMIT :param_1;

SELECT department.id, department.version
FROM department ORDER BY department.id
 LIMIT :param_1;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body, department.short_name, department.line
FROM department
WHERE (department.id) > (:param_1) ORDER BY department.id
 LIMIT :param_2;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body, department.short_name, department.line
FROM department ORDER BY department.id
 LIMIT :param_1;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.short_name, department.line, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.deleted_at IS NULL AND (EXISTS (SELECT 1
FROM department_administrator
WHERE department_administrator.department_id = department.id AND department_administrator.user_id = :user_id_1)) ORDER BY department.place, department.id
 LIMIT :param_1;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.short_name, department.line, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.deleted_at IS NULL AND (department.region LIKE :region_1 || '%' ESCAPE '/') AND (department.id IS NULL OR department.id IS NOT NULL AND (department.id IN (SELECT unnest(:ids_1::VARCHAR[]))) IS TRUE) AND (department.place, department.id) > (:param_1, :param_2) ORDER BY department.place, department.id
 LIMIT :param_3;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.short_name, department.line, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.deleted_at IS NULL AND (department.region LIKE :region_1 || '%' ESCAPE '/') AND (department.id IS NULL OR department.id IS NOT NULL AND (department.id IN (SELECT unnest(:ids_1::VARCHAR[]))) IS TRUE) ORDER BY department.place, department.id
 LIMIT :param_1;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.short_name, department.line, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.deleted_at IS NULL AND (department.region LIKE :region_1 || '%' ESCAPE '/') AND (department.id IS NULL OR department.id IS NOT NULL AND department.id = ANY (:ids_1::VARCHAR[])) ORDER BY department.place, department.id
 LIMIT :param_1;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.short_name, department.line, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.deleted_at IS NULL AND (department.region LIKE :region_1 || '%' ESCAPE '/') AND (department.place, department.id) > (:param_1, :param_2) ORDER BY department.place, department.id
 LIMIT :param_3;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.short_name, department.line, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.deleted_at IS NULL AND (department.region LIKE :region_1 || '%' ESCAPE '/') ORDER BY department.place, department.id
 LIMIT :param_1;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.short_name, department.line, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.id = :id;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.short_name, department.line, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.id = ANY (:wanted::VARCHAR[]);

SELECT department.id, department.version, department.name, department.code, department.living_code, department.short_name, department.line, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.id IN (__[POSTCOMPILE_id_1]) AND department.deleted_at IS NULL;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.short_name, department.line, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.id IN (__[POSTCOMPILE_wanted]);

SELECT department.id, department.version, department.name, department.code, department.living_code, department.short_name, department.line, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.living_code = :living_code;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.short_name, department.line, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.parent IN (__[POSTCOMPILE_parent_1]) AND department.deleted_at IS NULL;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.short_name, department.line, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.parent IS NULL AND department.deleted_at IS NULL;

SELECT department_administrator.department_id, department_administrator.user_id
FROM department_administrator;

SELECT directory_change.position, directory_change.kind, directory_change.changed, directory_change.change, directory_change.happened_at
FROM directory_change
WHERE directory_change.position > :position_1 ORDER BY directory_change.position
 LIMIT :param_1;

SELECT document_template.id
FROM document_template ORDER BY document_template.id
 LIMIT :param_1;

SELECT document_template.id, document_template.row_seal
FROM document_template ORDER BY document_template.id
 LIMIT :param_1;

SELECT document_template.id, document_template.version
FROM document_template ORDER BY document_template.id
 LIMIT :param_1;

SELECT document_template.id, document_template.version, document_template.name, document_template.document, document_template.region, document_template.department, document_template.state, document_template.place, document_template.enabled, document_template.row_seal, document_template.body
FROM document_template
WHERE document_template.id = :id;

SELECT done_command.actor, done_command.request_key
FROM done_command
WHERE done_command.done_on < :done_on_1 AND done_command.actor != :actor_1
 LIMIT :param_1;

SELECT done_command.actor, done_command.request_key, done_command.action, done_command.request, done_command.answer, done_command.done_on
FROM done_command
WHERE done_command.actor = :by AND done_command.request_key = :under;

SELECT draw.body
FROM draw
WHERE draw.id = :id_1;

SELECT draw.id
FROM draw ORDER BY draw.id;

SELECT draw.id
FROM draw ORDER BY draw.id
 LIMIT :param_1;

SELECT draw.id, draw.row_seal
FROM draw ORDER BY draw.id
 LIMIT :param_1;

SELECT draw.id, draw.version
FROM draw ORDER BY draw.id
 LIMIT :param_1;

SELECT draw.id, draw.version, draw.of_task, draw.state, draw.pool_hash, draw.drawn_hash, draw.body, draw.row_seal
FROM draw
WHERE draw.id = :id;

SELECT draw.id, draw.version, draw.of_task, draw.state, draw.pool_hash, draw.drawn_hash, draw.body, draw.row_seal
FROM draw
WHERE draw.id IN (__[POSTCOMPILE_wanted]);

SELECT draw.id, draw.version, draw.of_task, draw.state, draw.pool_hash, draw.drawn_hash, draw.body, draw.row_seal
FROM draw
WHERE draw.of_task = :of_task_1 ORDER BY draw.id;

SELECT draw.id, draw.version, draw.of_task, draw.state, draw.pool_hash, draw.drawn_hash, draw.body, draw.row_seal
FROM draw
WHERE draw.of_task IS NULL ORDER BY draw.id;

SELECT draw.id, draw.version, draw.state, draw.body, draw.row_seal, draw.pool_hash, draw.drawn_hash, draw.of_task
FROM draw
WHERE (draw.id) > (:param_1) ORDER BY draw.id
 LIMIT :param_2;

SELECT draw.id, draw.version, draw.state, draw.body, draw.row_seal, draw.pool_hash, draw.drawn_hash, draw.of_task
FROM draw ORDER BY draw.id
 LIMIT :param_1;

SELECT draw.id, draw.version, draw.state, draw.body, draw.row_seal, draw.pool_hash, draw.drawn_hash, draw.of_task, draw.task
FROM draw
WHERE (draw.id) > (:param_1) ORDER BY draw.id
 LIMIT :param_2;

SELECT draw.id, draw.version, draw.state, draw.body, draw.row_seal, draw.pool_hash, draw.drawn_hash, draw.of_task, draw.task
FROM draw ORDER BY draw.id
 LIMIT :param_1;

SELECT draw.id, draw.version, draw.state, draw.body, draw.row_seal, draw.pool_hash, draw.drawn_hash, draw.task
FROM draw
WHERE (draw.id) > (:param_1) ORDER BY draw.id
 LIMIT :param_2;

SELECT draw.id, draw.version, draw.state, draw.body, draw.row_seal, draw.pool_hash, draw.drawn_hash, draw.task
FROM draw ORDER BY draw.id
 LIMIT :param_1;

SELECT draw.id, draw.version, draw.state, draw.body, draw.row_seal, draw.pool_hash, draw.drawn_hash, draw.task, draw.of_task
FROM draw
WHERE (draw.id) > (:param_1) ORDER BY draw.id
 LIMIT :param_2;

SELECT draw.id, draw.version, draw.state, draw.body, draw.row_seal, draw.pool_hash, draw.drawn_hash, draw.task, draw.of_task
FROM draw ORDER BY draw.id
 LIMIT :param_1;

SELECT draw.id, draw.version, draw.state, draw.body, draw.row_seal, draw.task, draw.pool_hash, draw.drawn_hash
FROM draw
WHERE (draw.id) > (:param_1) ORDER BY draw.id
 LIMIT :param_2;

SELECT draw.id, draw.version, draw.state, draw.body, draw.row_seal, draw.task, draw.pool_hash, draw.drawn_hash
FROM draw ORDER BY draw.id
 LIMIT :param_1;

SELECT draw.id, draw.version, draw.state, draw.body, draw.row_seal, draw.task, draw.pool_hash, draw.drawn_hash, draw.of_task
FROM draw
WHERE (draw.id) > (:param_1) ORDER BY draw.id
 LIMIT :param_2;

SELECT draw.id, draw.version, draw.state, draw.body, draw.row_seal, draw.task, draw.pool_hash, draw.drawn_hash, draw.of_task
FROM draw ORDER BY draw.id
 LIMIT :param_1;

SELECT draw.pool, draw.body
FROM draw
WHERE draw.id = :id_1;

SELECT draw.pool_hash, draw.drawn_hash, draw.body
FROM draw
WHERE draw.id = :id_1;

SELECT draw_pool.part_number
FROM draw_pool
WHERE draw_pool.pool_hash = :pool_hash_1;

SELECT draw_pool.part_number
FROM draw_pool
WHERE draw_pool.pool_hash = :pool_hash_1 AND draw_pool.part_number = :part_number_1;

SELECT draw_pool.part_number, draw_pool.content
FROM draw_pool
WHERE draw_pool.pool_hash = :pool_hash_1 ORDER BY draw_pool.part_number;

SELECT draw_series.id
FROM draw_series ORDER BY draw_series.id
 LIMIT :param_1;

SELECT draw_series.id, draw_series.row_seal
FROM draw_series ORDER BY draw_series.id
 LIMIT :param_1;

SELECT draw_series.id, draw_series.version
FROM draw_series ORDER BY draw_series.id
 LIMIT :param_1;

SELECT draw_series.id, draw_series.version, draw_series.body, draw_series.row_seal
FROM draw_series
WHERE (draw_series.id) > (:param_1) ORDER BY draw_series.id
 LIMIT :param_2;

SELECT draw_series.id, draw_series.version, draw_series.body, draw_series.row_seal
FROM draw_series ORDER BY draw_series.id
 LIMIT :param_1;

SELECT draw_series.id, draw_series.version, draw_series.body, draw_series.row_seal, draw_series.lead, draw_series.draw_year
FROM draw_series
WHERE (draw_series.id) > (:param_1) ORDER BY draw_series.id
 LIMIT :param_2;

SELECT draw_series.id, draw_series.version, draw_series.body, draw_series.row_seal, draw_series.lead, draw_series.draw_year
FROM draw_series ORDER BY draw_series.id
 LIMIT :param_1;

SELECT draw_series.id, draw_series.version, draw_series.lead, draw_series.draw_year, draw_series.body, draw_series.row_seal
FROM draw_series
WHERE draw_series.draw_year = :draw_year_1 AND draw_series.lead = :lead_1 ORDER BY draw_series.id;

SELECT draw_series.id, draw_series.version, draw_series.lead, draw_series.draw_year, draw_series.body, draw_series.row_seal
FROM draw_series
WHERE draw_series.id = :id;

SELECT draw_tree.id
FROM draw_tree ORDER BY draw_tree.id
 LIMIT :param_1;

SELECT draw_tree.id, draw_tree.row_seal
FROM draw_tree ORDER BY draw_tree.id
 LIMIT :param_1;

SELECT draw_tree.id, draw_tree.version
FROM draw_tree ORDER BY draw_tree.id
 LIMIT :param_1;

SELECT draw_tree.id, draw_tree.version, draw_tree.body, draw_tree.row_seal
FROM draw_tree
WHERE draw_tree.id = :id;

SELECT evaluation_round.id
FROM evaluation_round ORDER BY evaluation_round.id
 LIMIT :param_1;

SELECT evaluation_round.id, evaluation_round.row_seal
FROM evaluation_round ORDER BY evaluation_round.id
 LIMIT :param_1;

SELECT evaluation_round.id, evaluation_round.version
FROM evaluation_round ORDER BY evaluation_round.id
 LIMIT :param_1;

SELECT evaluation_round.id, evaluation_round.version, evaluation_round.model_id, evaluation_round.body, evaluation_round.row_seal
FROM evaluation_round
WHERE (evaluation_round.id) > (:param_1) ORDER BY evaluation_round.id
 LIMIT :param_2;

SELECT evaluation_round.id, evaluation_round.version, evaluation_round.model_id, evaluation_round.body, evaluation_round.row_seal
FROM evaluation_round ORDER BY evaluation_round.id
 LIMIT :param_1;

SELECT evaluation_round.id, evaluation_round.version, evaluation_round.model_id, evaluation_round.body, evaluation_round.row_seal, evaluation_round.counts_for
FROM evaluation_round
WHERE (evaluation_round.id) > (:param_1) ORDER BY evaluation_round.id
 LIMIT :param_2;

SELECT evaluation_round.id, evaluation_round.version, evaluation_round.model_id, evaluation_round.body, evaluation_round.row_seal, evaluation_round.counts_for
FROM evaluation_round ORDER BY evaluation_round.id
 LIMIT :param_1;

SELECT evaluation_round.id, evaluation_round.version, evaluation_round.model_id, evaluation_round.counts_for, evaluation_round.body, evaluation_round.row_seal
FROM evaluation_round
WHERE evaluation_round.id = :id;

SELECT export_request.id
FROM export_request ORDER BY export_request.id
 LIMIT :param_1;

SELECT export_request.id, export_request.row_seal
FROM export_request ORDER BY export_request.id
 LIMIT :param_1;

SELECT export_request.id, export_request.version
FROM export_request ORDER BY export_request.id
 LIMIT :param_1;

SELECT export_request.id, export_request.version, export_request.about, export_request.region, export_request.state, export_request.purpose, export_request.row_seal, export_request.body
FROM export_request
WHERE export_request.id = :id;

SELECT face_check.id
FROM face_check ORDER BY face_check.id
 LIMIT :param_1;

SELECT face_check.id, face_check.row_seal
FROM face_check ORDER BY face_check.id
 LIMIT :param_1;

SELECT face_check.id, face_check.version, face_check.certify_id, face_check.row_seal, face_check.body
FROM face_check
WHERE face_check.id = :id;

SELECT field_device.id
FROM field_device ORDER BY field_device.id
 LIMIT :param_1;

SELECT field_device.id, field_device.row_seal
FROM field_device ORDER BY field_device.id
 LIMIT :param_1;

SELECT field_device.id, field_device.version
FROM field_device ORDER BY field_device.id
 LIMIT :param_1;

SELECT field_device.id, field_device.version, field_device.owner, field_device.department, field_device.row_seal, field_device.body
FROM field_device
WHERE field_device.id = :id;

SELECT field_record.id
FROM field_record ORDER BY field_record.id
 LIMIT :param_1;

SELECT field_record.id, field_record.row_seal
FROM field_record ORDER BY field_record.id
 LIMIT :param_1;

SELECT field_record.id, field_record.version
FROM field_record ORDER BY field_record.id
 LIMIT :param_1;

SELECT field_record.id, field_record.version, field_record.owner, field_record.state, field_record.thing, field_record.left_version, field_record.row_seal, field_record.body
FROM field_record
WHERE field_record.id = :id;

SELECT form_draft.id
FROM form_draft ORDER BY form_draft.id
 LIMIT :param_1;

SELECT form_draft.id, form_draft.sealed, form_draft.row_seal
FROM form_draft ORDER BY form_draft.id
 LIMIT :param_1;

SELECT form_draft.id, form_draft.version, form_draft.owner, form_draft.sealed, form_draft.row_seal, form_draft.body
FROM form_draft
WHERE form_draft.id = :id;

SELECT form_draft.id, form_draft.version, form_draft.owner, form_draft.sealed, form_draft.row_seal, form_draft.body
FROM form_draft
WHERE form_draft.owner = :owner_1 ORDER BY form_draft.id;

SELECT form_draft.id, form_draft.version, form_draft.owner, form_draft.sealed, form_draft.row_seal, form_draft.body
FROM form_draft ORDER BY form_draft.id
 LIMIT :param_1;

SELECT graded_subject.row_seal
FROM graded_subject;

SELECT graded_subject.row_seal
FROM graded_subject
WHERE graded_subject.subject_id = :subject_id_1;

SELECT graded_subject.row_seal, count(*) AS count_1
FROM graded_subject
WHERE graded_subject.row_seal IN (__[POSTCOMPILE_row_seal_1]) GROUP BY graded_subject.row_seal;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject."record", graded_subject.record_hash, graded_subject.row_seal
FROM graded_subject
WHERE graded_subject.subject_id = :subject_id_1;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject."record", graded_subject.record_hash, graded_subject.row_seal
FROM graded_subject ORDER BY graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id
 LIMIT :param_1;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject."record", graded_subject.record_hash, graded_subject.row_seal, batch_seal.row_seal AS batch_seal
FROM graded_subject LEFT OUTER JOIN batch_seal ON batch_seal.id = graded_subject.row_seal
WHERE (graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id) > (:param_1, :param_2, :param_3) ORDER BY graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id
 LIMIT :param_4;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject."record", graded_subject.record_hash, graded_subject.row_seal, batch_seal.row_seal AS batch_seal
FROM graded_subject LEFT OUTER JOIN batch_seal ON batch_seal.id = graded_subject.row_seal
WHERE graded_subject.rule_id = :rule_id_1 AND graded_subject.as_of = :as_of_1 AND graded_subject.subject_id IN (__[POSTCOMPILE_subject_id_1]);

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject."record", graded_subject.record_hash, graded_subject.row_seal, batch_seal.row_seal AS batch_seal
FROM graded_subject LEFT OUTER JOIN batch_seal ON batch_seal.id = graded_subject.row_seal
WHERE graded_subject.subject_id = :subject_id_1 ORDER BY graded_subject.as_of, graded_subject.rule_id;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject."record", graded_subject.record_hash, graded_subject.row_seal, batch_seal.row_seal AS batch_seal
FROM graded_subject LEFT OUTER JOIN batch_seal ON batch_seal.id = graded_subject.row_seal ORDER BY graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id
 LIMIT :param_1;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject."record", graded_subject.row_seal, graded_subject.record_hash
FROM graded_subject
WHERE (graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id) > (:param_1, :param_2, :param_3) ORDER BY graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id
 LIMIT :param_4;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject."record", graded_subject.row_seal, graded_subject.record_hash
FROM graded_subject ORDER BY graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id
 LIMIT :param_1;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject.record_hash, graded_subject.row_seal
FROM graded_subject
WHERE graded_subject.rule_id = :rule_id_1 AND graded_subject.as_of = :as_of_1 AND graded_subject.subject_id IN (__[POSTCOMPILE_subject_id_1]);

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject.record_hash, graded_subject.row_seal, batch_seal.row_seal AS batch_seal
FROM graded_subject LEFT OUTER JOIN batch_seal ON batch_seal.id = graded_subject.row_seal JOIN (SELECT graded_subject.subject_id AS subject_id, max(graded_subject.as_of) AS as_of
FROM graded_subject
WHERE graded_subject.rule_id = :rule_id_1 AND graded_subject.as_of <= :as_of_1 GROUP BY graded_subject.subject_id) AS anon_1 ON graded_subject.subject_id = anon_1.subject_id AND graded_subject.as_of = anon_1.as_of
WHERE graded_subject.rule_id = :rule_id_1 AND graded_subject.as_of <= :as_of_1 ORDER BY graded_subject.subject_id;

SELECT grading_rule.id
FROM grading_rule ORDER BY grading_rule.id
 LIMIT :param_1;

SELECT grading_rule.id, grading_rule.row_seal
FROM grading_rule ORDER BY grading_rule.id
 LIMIT :param_1;

SELECT grading_rule.id, grading_rule.version
FROM grading_rule ORDER BY grading_rule.id
 LIMIT :param_1;

SELECT grading_rule.id, grading_rule.version, grading_rule.region, grading_rule.body, grading_rule.row_seal
FROM grading_rule
WHERE (grading_rule.id) > (:param_1) ORDER BY grading_rule.id
 LIMIT :param_2;

SELECT grading_rule.id, grading_rule.version, grading_rule.region, grading_rule.body, grading_rule.row_seal
FROM grading_rule ORDER BY grading_rule.id
 LIMIT :param_1;

SELECT grading_rule.id, grading_rule.version, grading_rule.region, grading_rule.body, grading_rule.row_seal, grading_rule.label
FROM grading_rule
WHERE (grading_rule.id) > (:param_1) ORDER BY grading_rule.id
 LIMIT :param_2;

SELECT grading_rule.id, grading_rule.version, grading_rule.region, grading_rule.body, grading_rule.row_seal, grading_rule.label
FROM grading_rule ORDER BY grading_rule.id
 LIMIT :param_1;

SELECT grading_rule.id, grading_rule.version, grading_rule.region, grading_rule.label, grading_rule.body, grading_rule.row_seal
FROM grading_rule
WHERE grading_rule.id = :id;

SELECT grading_rule.id, grading_rule.version, grading_rule.region, grading_rule.label, grading_rule.body, grading_rule.row_seal
FROM grading_rule
WHERE grading_rule.id = ANY (:wanted::VARCHAR[]);

SELECT grading_rule.id, grading_rule.version, grading_rule.region, grading_rule.label, grading_rule.body, grading_rule.row_seal, grading_rule.label AS called
FROM grading_rule
WHERE grading_rule.label = ANY (:ids_1::VARCHAR[]);

SELECT grant_holding.sheet_id
FROM grant_holding
WHERE grant_holding.kind = :kind_1 AND grant_holding.held IN (__[POSTCOMPILE_held_1]);

SELECT grant_holding.sheet_id, grant_holding.holder
FROM grant_holding
WHERE grant_holding.kind = :kind_1 AND grant_holding.held = :held_1 AND ((EXISTS (SELECT 1
FROM app_user
WHERE app_user.id = grant_holding.holder AND (grant_holding.sheet_id LIKE :sheet_id_1 || '%') AND app_user.deleted_at IS NULL)) OR (EXISTS (SELECT 1
FROM access_group
WHERE access_group.id = grant_holding.holder AND (grant_holding.sheet_id LIKE :sheet_id_2 || '%')))) AND (grant_holding.sheet_id) > (:param_1) ORDER BY grant_holding.sheet_id
 LIMIT :param_2;

SELECT grant_holding.sheet_id, grant_holding.holder
FROM grant_holding
WHERE grant_holding.kind = :kind_1 AND grant_holding.held = :held_1 AND ((EXISTS (SELECT 1
FROM app_user
WHERE app_user.id = grant_holding.holder AND (grant_holding.sheet_id LIKE :sheet_id_1 || '%') AND app_user.deleted_at IS NULL)) OR (EXISTS (SELECT 1
FROM access_group
WHERE access_group.id = grant_holding.holder AND (grant_holding.sheet_id LIKE :sheet_id_2 || '%')))) ORDER BY grant_holding.sheet_id
 LIMIT :param_1;

SELECT grant_sheet.id, grant_sheet.body
FROM grant_sheet ORDER BY grant_sheet.id;

SELECT grant_sheet.id, grant_sheet.row_seal
FROM grant_sheet ORDER BY grant_sheet.id
 LIMIT :param_1;

SELECT grant_sheet.id, grant_sheet.version
FROM grant_sheet ORDER BY grant_sheet.id
 LIMIT :param_1;

SELECT grant_sheet.id, grant_sheet.version, grant_sheet.row_seal, grant_sheet.body
FROM grant_sheet
WHERE grant_sheet.id = :id;

SELECT grant_sheet.id, grant_sheet.version, grant_sheet.row_seal, grant_sheet.body
FROM grant_sheet
WHERE grant_sheet.id IN (__[POSTCOMPILE_wanted]);

SELECT guess_limit.id
FROM guess_limit ORDER BY guess_limit.id
 LIMIT :param_1;

SELECT guess_limit.id, guess_limit.row_seal
FROM guess_limit ORDER BY guess_limit.id
 LIMIT :param_1;

SELECT guess_limit.id, guess_limit.version, guess_limit.row_seal, guess_limit.body
FROM guess_limit
WHERE guess_limit.id = :id;

SELECT handbook.id
FROM handbook ORDER BY handbook.id
 LIMIT :param_1;

SELECT handbook.id, handbook.name, handbook.trade, handbook.scene, handbook.department, handbook.state, handbook.position, handbook.batch, handbook.changed_on, handbook.changed_by, handbook.region
FROM handbook
WHERE handbook.state != :state_1 ORDER BY handbook.position, handbook.id
 LIMIT :param_1;

SELECT handbook.id, handbook.row_seal
FROM handbook ORDER BY handbook.id
 LIMIT :param_1;

SELECT handbook.id, handbook.version
FROM handbook ORDER BY handbook.id
 LIMIT :param_1;

SELECT handbook.id, handbook.version, handbook.region, handbook.name, handbook.trade, handbook.scene, handbook.department, handbook.state, handbook.position, handbook.batch, handbook.changed_on, handbook.changed_by, handbook.line, handbook.body, handbook.row_seal
FROM handbook
WHERE handbook.id = :id;

SELECT handbook.line
FROM handbook
WHERE handbook.state = :state_1 ORDER BY handbook.position, handbook.id;

SELECT handbook_reading.handbook_id, handbook_reading.channel, sum(handbook_reading.reads) AS reads
FROM handbook_reading
WHERE handbook_reading.handbook_id = ANY (:ids_1::VARCHAR[]) GROUP BY handbook_reading.handbook_id, handbook_reading.channel;

SELECT institution.id
FROM institution ORDER BY institution.id
 LIMIT :param_1;

SELECT institution.id, institution.content, institution.row_seal
FROM institution ORDER BY institution.id
 LIMIT :param_1;

SELECT institution.id, institution.version
FROM institution ORDER BY institution.id
 LIMIT :param_1;

SELECT institution.id, institution.version, institution.region, institution.sealed, institution.row_seal, institution.body
FROM institution
WHERE (institution.id) > (:param_1) ORDER BY institution.id
 LIMIT :param_2;

SELECT institution.id, institution.version, institution.region, institution.sealed, institution.row_seal, institution.body
FROM institution ORDER BY institution.id
 LIMIT :param_1;

SELECT institution.id, institution.version, institution.register, institution.position, institution.enabled, institution.deleted_at, institution.region, institution.department, institution.label, institution.content, institution.cells, institution.row_seal, institution.body, institution.reference_code, institution.synchronised, institution.added_at
FROM institution
WHERE (institution.id) > (:param_1) ORDER BY institution.id
 LIMIT :param_2;

SELECT institution.id, institution.version, institution.register, institution.position, institution.enabled, institution.deleted_at, institution.region, institution.department, institution.label, institution.content, institution.cells, institution.row_seal, institution.body, institution.reference_code, institution.synchronised, institution.added_at
FROM institution ORDER BY institution.id
 LIMIT :param_1;

SELECT institution.id, institution.version, institution.register, institution.position, institution.enabled, institution.deleted_at, institution.region, institution.department, institution.label, institution.reference_code, institution.synchronised, institution.added_at, institution.content, institution.cells, institution.row_seal, institution.body
FROM institution
WHERE institution.register = :register AND institution.id = :id;

SELECT institution.id, institution.version, institution.register, institution.position, institution.enabled, institution.deleted_at, institution.region, institution.department, institution.label, institution.reference_code, institution.synchronised, institution.added_at, institution.content, institution.cells, institution.row_seal, institution.body
FROM institution
WHERE institution.register = :register_1 AND institution.id = ANY (:wanted::VARCHAR[]);

SELECT institution.id, institution.version, institution.register, institution.position, institution.enabled, institution.deleted_at, institution.region, institution.department, institution.label, institution.reference_code, institution.synchronised, institution.added_at, institution.content, institution.cells, institution.row_seal, institution.body, institution.label AS called
FROM institution
WHERE institution.register = :register_1 AND institution.label = ANY (:ids_1::VARCHAR[]);

SELECT institution.id, institution.version, institution.register, institution.position, institution.enabled, institution.deleted_at, institution.region, institution.department, institution.label, institution.reference_code, institution.synchronised, institution.added_at, institution.content, institution.cells, institution.row_seal, institution.body, institution.reference_code AS called
FROM institution
WHERE institution.register = :register_1 AND institution.reference_code = ANY (:ids_1::VARCHAR[]);

SELECT institution_cell.entry_id
FROM institution_cell
WHERE institution_cell.living IN (__[POSTCOMPILE_living_1]);

SELECT institution_cell.register, count(DISTINCT institution_cell.entry_id) AS uses
FROM institution_cell JOIN institution ON institution.id = institution_cell.entry_id
WHERE institution_cell.refers = :refers_1 AND institution_cell.value = :value_1 AND institution.deleted_at IS NULL GROUP BY institution_cell.register;

SELECT job.id
FROM job ORDER BY job.id
 LIMIT :param_1;

SELECT job.id, job.sealed, job.row_seal
FROM job ORDER BY job.id
 LIMIT :param_1;

SELECT job.id, job.version
FROM job ORDER BY job.id
 LIMIT :param_1;

SELECT job.id, job.version, job.author, job.state, job.sealed, job.row_seal, job.body
FROM job
WHERE job.author = :author_1 AND (job.id) < (:param_1) ORDER BY job.id DESC
 LIMIT :param_2;

SELECT job.id, job.version, job.author, job.state, job.sealed, job.row_seal, job.body
FROM job
WHERE job.author = :author_1 ORDER BY job.id DESC
 LIMIT :param_1;

SELECT job.id, job.version, job.author, job.state, job.sealed, job.row_seal, job.body
FROM job
WHERE job.id = :id;

SELECT job.id, job.version, job.author, job.state, job.sealed, job.row_seal, job.body
FROM job
WHERE job.state IN (__[POSTCOMPILE_state_1]) ORDER BY job.id
 LIMIT :param_1;

SELECT law.id
FROM law ORDER BY law.id
 LIMIT :param_1;

SELECT law.id, law.row_seal
FROM law ORDER BY law.id
 LIMIT :param_1;

SELECT law.id, law.version
FROM law ORDER BY law.id
 LIMIT :param_1;

SELECT law.id, law.version, law.title, law.kind, law.issuer, law.promulgated_on, law.in_force_from, law.in_force_until, law.state, law.region, law.department, law.provision_count, law.changed_at, law.row_seal, law.body
FROM law
WHERE law.id = :id;

SELECT log_in.id
FROM log_in ORDER BY log_in.id
 LIMIT :param_1;

SELECT log_in.id, log_in.row_seal
FROM log_in ORDER BY log_in.id
 LIMIT :param_1;

SELECT log_in.id, log_in.version, log_in.row_seal, log_in.body
FROM log_in
WHERE log_in.id = :id;

SELECT log_in_session.id, log_in_session.row_seal
FROM log_in_session ORDER BY log_in_session.id
 LIMIT :param_1;

SELECT log_in_session.id, log_in_session.version
FROM log_in_session ORDER BY log_in_session.id
 LIMIT :param_1;

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body
FROM log_in_session;

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body
FROM log_in_session
WHERE (log_in_session.id) > (:param_1) ORDER BY log_in_session.id
 LIMIT :param_2;

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body
FROM log_in_session
WHERE log_in_session.id = :id;

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body
FROM log_in_session
WHERE log_in_session.owner IN (__[POSTCOMPILE_owner_1]) AND log_in_session.ended_at IS NULL;

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body
FROM log_in_session ORDER BY log_in_session.id
 LIMIT :param_1;

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body, (SELECT counter.upto
FROM counter
WHERE counter.name = :counted) AS epoch
FROM log_in_session
WHERE log_in_session.id = :token;

SELECT max(institution.position) AS max_1
FROM institution
WHERE institution.register = :register_1 AND institution.deleted_at IS NULL;

SELECT max(partner_person.position) AS max_1
FROM partner_person
WHERE partner_person.register = :register_1 AND partner_person.deleted_at IS NULL;

SELECT max(plan.code) AS max_1
FROM plan
WHERE plan.code >= :code_1 AND plan.code < :code_2;

SELECT max(register_entry.position) AS max_1
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL;

SELECT min(anon_1.thing) AS min_1, count(anon_1.thing) AS count_1
FROM (SELECT check_item_material.material AS thing
FROM check_item_material
WHERE check_item_material.material = :param_1
 LIMIT :param_2) AS anon_1;

SELECT min(anon_1.thing) AS min_1, count(anon_1.thing) AS count_1
FROM (SELECT evaluation_round.counts_for AS thing
FROM evaluation_round
WHERE evaluation_round.counts_for = :param_1
 LIMIT :param_2) AS anon_1;

SELECT min(anon_1.thing) AS min_1, count(anon_1.thing) AS count_1
FROM (SELECT scene_model.model AS thing
FROM scene_model
WHERE scene_model.model = :param_1
 LIMIT :param_2) AS anon_1;

SELECT min(draw.drawn_hash) AS min_1
FROM draw;

SELECT min(draw.pool_hash) AS min_1
FROM draw;

SELECT notice.id
FROM notice ORDER BY notice.id
 LIMIT :param_1;

SELECT notice.id, notice.sealed, notice.row_seal
FROM notice ORDER BY notice.id
 LIMIT :param_1;

SELECT notice.id, notice.version, notice.owner, notice.state, notice.made_at, notice.sealed, notice.row_seal, notice.body
FROM notice
WHERE notice.id = :id;

SELECT officer.id
FROM officer
WHERE officer.state != :state_1 AND (EXISTS (SELECT 1
FROM officer_certificate
WHERE officer_certificate.officer_id = officer.id AND officer_certificate.code = :code_1)) ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id
FROM officer
WHERE officer.state != :state_1 AND (EXISTS (SELECT 1
FROM team_member
WHERE team_member.team_id = :team_id_1 AND team_member.officer_id = officer.id)) ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id
FROM officer
WHERE officer.state != :state_1 AND (officer.name ILIKE '%' || :name_1 || '%' ESCAPE '/') ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id
FROM officer
WHERE officer.state != :state_1 AND (officer.region LIKE :region_1 || '%' ESCAPE '/') AND NOT (EXISTS (SELECT 1
FROM team_member
WHERE team_member.team_id = :team_id_1 AND team_member.officer_id = officer.id)) ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id
FROM officer
WHERE officer.state != :state_1 AND (officer.region LIKE :region_1 || '%' ESCAPE '/') ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id
FROM officer
WHERE officer.state != :state_1 AND officer.department = ANY (:ids_1::VARCHAR[]) ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id
FROM officer
WHERE officer.state != :state_1 AND officer.phone_index IN (__[POSTCOMPILE_phone_index_1]) ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id
FROM officer
WHERE officer.state != :state_1 AND officer.region = :region_1 ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id
FROM officer
WHERE officer.state != :state_1 AND officer.state = :state_2 ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id
FROM officer
WHERE officer.state != :state_1 ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id
FROM officer ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id, officer.sealed, officer.phone_index, officer.document_index, officer.row_seal
FROM officer ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id, officer.version
FROM officer ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.body, officer.sealed, officer.phone_index, officer.row_seal, officer.document_index, officer.account
FROM officer
WHERE (officer.id) > (:param_1) ORDER BY officer.id
 LIMIT :param_2;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.body, officer.sealed, officer.phone_index, officer.row_seal, officer.document_index, officer.account
FROM officer ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.body, officer.sealed, officer.phone_index, officer.row_seal, officer.document_index, officer.account, officer.phone, officer.sex, officer.extras
FROM officer
WHERE (officer.id) > (:param_1) ORDER BY officer.id
 LIMIT :param_2;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.body, officer.sealed, officer.phone_index, officer.row_seal, officer.document_index, officer.account, officer.phone, officer.sex, officer.extras
FROM officer ORDER BY officer.id
 LIMIT :param_1;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, officer.document_index, officer.account, officer.phone, officer.sex, officer.extras, officer.sealed, officer.row_seal, officer.body
FROM officer
WHERE officer.account = :account;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, officer.document_index, officer.account, officer.phone, officer.sex, officer.extras, officer.sealed, officer.row_seal, officer.body
FROM officer
WHERE officer.department IN (__[POSTCOMPILE_wanted]);

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, officer.document_index, officer.account, officer.phone, officer.sex, officer.extras, officer.sealed, officer.row_seal, officer.body
FROM officer
WHERE officer.document_index IN (__[POSTCOMPILE_wanted]);

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, officer.document_index, officer.account, officer.phone, officer.sex, officer.extras, officer.sealed, officer.row_seal, officer.body
FROM officer
WHERE officer.id = :id;

SELECT outbox.position, outbox.name, outbox.happened_at, outbox.kind, outbox.thing, outbox.version, outbox.facts
FROM outbox
WHERE outbox.position >= :position_1 ORDER BY outbox.position
 LIMIT :param_1;

SELECT partner_licence.id
FROM partner_licence ORDER BY partner_licence.id
 LIMIT :param_1;

SELECT partner_licence.id, partner_licence.content, partner_licence.row_seal
FROM partner_licence ORDER BY partner_licence.id
 LIMIT :param_1;

SELECT partner_licence.id, partner_licence.version
FROM partner_licence ORDER BY partner_licence.id
 LIMIT :param_1;

SELECT partner_licence_cell.register, count(DISTINCT partner_licence_cell.entry_id) AS uses
FROM partner_licence_cell JOIN partner_licence ON partner_licence.id = partner_licence_cell.entry_id
WHERE partner_licence_cell.refers = :refers_1 AND partner_licence_cell.value = :value_1 AND partner_licence.deleted_at IS NULL GROUP BY partner_licence_cell.register;

SELECT partner_person.id
FROM partner_person ORDER BY partner_person.id
 LIMIT :param_1;

SELECT partner_person.id, partner_person.content, partner_person.row_seal
FROM partner_person ORDER BY partner_person.id
 LIMIT :param_1;

SELECT partner_person.id, partner_person.version
FROM partner_person ORDER BY partner_person.id
 LIMIT :param_1;

SELECT partner_person.id, partner_person.version, partner_person.register, partner_person.position, partner_person.enabled, partner_person.deleted_at, partner_person.region, partner_person.department, partner_person.label, partner_person.reference_code, partner_person.synchronised, partner_person.added_at, partner_person.content, partner_person.cells, partner_person.row_seal, partner_person.body
FROM partner_person
WHERE partner_person.register = :register AND partner_person.id = :id;

SELECT partner_person.id, partner_person.version, partner_person.register, partner_person.position, partner_person.enabled, partner_person.deleted_at, partner_person.region, partner_person.department, partner_person.label, partner_person.reference_code, partner_person.synchronised, partner_person.added_at, partner_person.content, partner_person.cells, partner_person.row_seal, partner_person.body
FROM partner_person
WHERE partner_person.register = :register_1 AND partner_person.deleted_at IS NULL AND (partner_person.region IS NULL OR (partner_person.region LIKE :region_1 || '%' ESCAPE '/') OR partner_person.region IN (__[POSTCOMPILE_region_2])) ORDER BY partner_person.position, partner_person.id
 LIMIT :param_1;

SELECT partner_person.id, partner_person.version, partner_person.register, partner_person.position, partner_person.enabled, partner_person.deleted_at, partner_person.region, partner_person.department, partner_person.label, partner_person.reference_code, partner_person.synchronised, partner_person.added_at, partner_person.content, partner_person.cells, partner_person.row_seal, partner_person.body
FROM partner_person
WHERE partner_person.register = :register_1 AND partner_person.id = ANY (:wanted::VARCHAR[]);

SELECT partner_person_cell.entry_id
FROM partner_person_cell
WHERE partner_person_cell.living IN (__[POSTCOMPILE_living_1]);

SELECT partner_person_cell.register, count(DISTINCT partner_person_cell.entry_id) AS uses
FROM partner_person_cell JOIN partner_person ON partner_person.id = partner_person_cell.entry_id
WHERE partner_person_cell.refers = :refers_1 AND partner_person_cell.value = :value_1 AND partner_person.deleted_at IS NULL GROUP BY partner_person_cell.register;

SELECT phone_change.id
FROM phone_change ORDER BY phone_change.id
 LIMIT :param_1;

SELECT phone_change.id, phone_change.sealed, phone_change.row_seal
FROM phone_change ORDER BY phone_change.id
 LIMIT :param_1;

SELECT phone_change.id, phone_change.version, phone_change.sealed, phone_change.row_seal, phone_change.body
FROM phone_change
WHERE phone_change.id = :id;

SELECT phone_notice.id
FROM phone_notice ORDER BY phone_notice.id
 LIMIT :param_1;

SELECT phone_notice.id, phone_notice.sealed, phone_notice.row_seal
FROM phone_notice ORDER BY phone_notice.id
 LIMIT :param_1;

SELECT phone_notice.id, phone_notice.version, phone_notice.made_at, phone_notice.sent_at, phone_notice.sealed, phone_notice.row_seal, phone_notice.body
FROM phone_notice
WHERE phone_notice.id = :id;

SELECT plan.id
FROM plan ORDER BY plan.id
 LIMIT :param_1;

SELECT plan.id, plan.row_seal
FROM plan ORDER BY plan.id
 LIMIT :param_1;

SELECT plan.id, plan.version
FROM plan ORDER BY plan.id
 LIMIT :param_1;

SELECT plan.id, plan.version, plan.code, plan.name, plan.scene, plan.plan_year, plan.region, plan.lead_department, plan.state, plan.joining, plan.starts_on, plan.ends_on, plan.sub_plan_count, plan.row_seal, plan.body
FROM plan
WHERE plan.id = :id;

SELECT plan.id, plan.version, plan.name, plan.scene, plan.plan_year, plan.region, plan.lead_department, plan.state, plan.body, plan.row_seal, plan.joining, plan.sub_plan_count, plan.code, plan.starts_on, plan.ends_on
FROM plan
WHERE (plan.id) > (:param_1) ORDER BY plan.id
 LIMIT :param_2;

SELECT plan.id, plan.version, plan.name, plan.scene, plan.plan_year, plan.region, plan.lead_department, plan.state, plan.body, plan.row_seal, plan.joining, plan.sub_plan_count, plan.code, plan.starts_on, plan.ends_on
FROM plan ORDER BY plan.id
 LIMIT :param_1;

SELECT preferences.id
FROM preferences ORDER BY preferences.id
 LIMIT :param_1;

SELECT preferences.id, preferences.row_seal
FROM preferences ORDER BY preferences.id
 LIMIT :param_1;

SELECT preferences.id, preferences.version, preferences.row_seal, preferences.body
FROM preferences
WHERE preferences.id = :id;

SELECT proposal.id
FROM proposal ORDER BY proposal.id
 LIMIT :param_1;

SELECT proposal.id, proposal.sealed, proposal.row_seal
FROM proposal ORDER BY proposal.id
 LIMIT :param_1;

SELECT proposal.id, proposal.version
FROM proposal ORDER BY proposal.id
 LIMIT :param_1;

SELECT proposal.id, proposal.version, proposal.region, proposal.sealed, proposal.row_seal, proposal.body
FROM proposal
WHERE proposal.id = :id;

SELECT publication.id
FROM publication ORDER BY publication.id
 LIMIT :param_1;

SELECT publication.id, publication.row_seal
FROM publication ORDER BY publication.id
 LIMIT :param_1;

SELECT publication.id, publication.version
FROM publication ORDER BY publication.id
 LIMIT :param_1;

SELECT publication.id, publication.version, publication.task, publication.subject, publication.name, publication.credit_code, publication.scene, publication.region, publication.state, publication.formed_on, publication.due_on, publication.until, publication.body, publication.row_seal
FROM publication
WHERE publication.id = :id;

SELECT receiver.name, receiver.upto
FROM receiver;

SELECT rectification.id
FROM rectification ORDER BY rectification.id
 LIMIT :param_1;

SELECT rectification.id, rectification.sealed, rectification.row_seal
FROM rectification ORDER BY rectification.id
 LIMIT :param_1;

SELECT rectification.id, rectification.version
FROM rectification ORDER BY rectification.id
 LIMIT :param_1;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on, rectification.sealed, rectification.body, rectification.row_seal
FROM rectification
WHERE rectification.id = :id;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on, rectification.sealed, rectification.body, rectification.row_seal
FROM rectification
WHERE rectification.subject = :of_subject ORDER BY rectification.id;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on, rectification.sealed, rectification.body, rectification.row_seal
FROM rectification
WHERE rectification.subject = :subject_1 AND rectification.visit = :visit_1 AND rectification.department = :department_1 ORDER BY rectification.id;

SELECT region.id
FROM region ORDER BY region.id
 LIMIT :param_1;

SELECT region.id, region.row_seal
FROM region ORDER BY region.id
 LIMIT :param_1;

SELECT region.id, region.version
FROM region ORDER BY region.id
 LIMIT :param_1;

SELECT region.id, region.version, region.position, region.enabled, region.deleted_at, region.content, region.search, region.code, region.parent, region.row_seal, region.body
FROM region
WHERE region.code = ANY (:wanted::VARCHAR[]);

SELECT region.id, region.version, region.position, region.enabled, region.deleted_at, region.content, region.search, region.code, region.parent, region.row_seal, region.body
FROM region
WHERE region.id = :id;

SELECT register_cell.entry_id
FROM register_cell
WHERE register_cell.living IN (__[POSTCOMPILE_living_1]);

SELECT register_cell.entry_id
FROM register_cell
WHERE register_cell.register = :register_1 AND register_cell.name = :name_1 AND register_cell.value = :value_1
 LIMIT :param_1;

SELECT register_cell.entry_id
FROM register_cell
WHERE register_cell.register = :register_1 AND register_cell.name = :name_1 AND register_cell.value = ANY (:ids_1::VARCHAR[]);

SELECT register_cell.register, count(DISTINCT register_cell.entry_id) AS uses
FROM register_cell JOIN register_entry ON register_entry.id = register_cell.entry_id
WHERE register_cell.refers = :refers_1 AND register_cell.value = :value_1 AND register_entry.deleted_at IS NULL GROUP BY register_cell.register;

SELECT register_entry.id
FROM register_entry ORDER BY register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.row_seal
FROM register_entry ORDER BY register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version
FROM register_entry ORDER BY register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body, register_entry.reference_code, register_entry.synchronised, register_entry.added_at
FROM register_entry
WHERE (register_entry.id) > (:param_1) ORDER BY register_entry.id
 LIMIT :param_2;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body, register_entry.reference_code, register_entry.synchronised, register_entry.added_at
FROM register_entry ORDER BY register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :param_1 AND register_entry.id = ANY (:ids_1::VARCHAR[]);

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :param_1 AND register_entry.id = ANY (:ids_1::VARCHAR[]) AND register_entry.deleted_at IS NULL;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register AND register_entry.id = :id;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (EXISTS (SELECT 1
FROM register_cell
WHERE register_cell.entry_id = register_entry.id AND register_cell.name IN (__[POSTCOMPILE_name_1]) AND register_cell.value = ANY (:ids_1::VARCHAR[]))) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) AND ((EXISTS (SELECT 1
FROM register_cell
WHERE register_cell.entry_id = register_entry.id AND register_cell.name IN (__[POSTCOMPILE_name_1]) AND register_cell.value = ANY (:ids_1::VARCHAR[]))) OR NOT (EXISTS (SELECT 1
FROM register_cell
WHERE register_cell.entry_id = register_entry.id AND register_cell.name IN (__[POSTCOMPILE_name_2])))) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) AND (EXISTS (SELECT 1
FROM register_cell
WHERE register_cell.entry_id = register_entry.id AND register_cell.name IN (__[POSTCOMPILE_name_1]) AND (register_cell.value LIKE '%' || :value_1 || '%' ESCAPE '/'))) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) AND (EXISTS (SELECT 1
FROM register_cell
WHERE register_cell.entry_id = register_entry.id AND register_cell.name IN (__[POSTCOMPILE_name_1]) AND register_cell.value <= :value_1)) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) AND (EXISTS (SELECT 1
FROM register_cell
WHERE register_cell.entry_id = register_entry.id AND register_cell.name IN (__[POSTCOMPILE_name_1]) AND register_cell.value = :value_1)) AND (EXISTS (SELECT 1
FROM register_cell
WHERE register_cell.entry_id = register_entry.id AND register_cell.name IN (__[POSTCOMPILE_name_2]) AND (register_cell.value LIKE '%' || :value_2 || '%' ESCAPE '/'))) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) AND (EXISTS (SELECT 1
FROM register_cell
WHERE register_cell.entry_id = register_entry.id AND register_cell.name IN (__[POSTCOMPILE_name_1]) AND register_cell.value = :value_1)) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) AND (EXISTS (SELECT 1
FROM register_cell
WHERE register_cell.entry_id = register_entry.id AND register_cell.name IN (__[POSTCOMPILE_name_1]) AND register_cell.value = ANY (:ids_1::VARCHAR[]))) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) AND (EXISTS (SELECT 1
FROM register_cell
WHERE register_cell.entry_id = register_entry.id AND register_cell.name IN (__[POSTCOMPILE_name_1]) AND register_cell.value >= :value_1 AND register_cell.value <= :value_2)) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) AND (EXISTS (SELECT 1
FROM register_cell
WHERE register_cell.entry_id = register_entry.id AND register_cell.name IN (__[POSTCOMPILE_name_1]) AND register_cell.value >= :value_1)) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) AND (register_entry.position, register_entry.id) > (:param_1, :param_2) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_3;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) AND register_entry.added_at <= :added_at_1 ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) AND register_entry.added_at >= :added_at_1 ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) AND register_entry.synchronised = false ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) AND register_entry.synchronised = true ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region IS NULL OR register_entry.region = :region_1 OR register_entry.region IN (__[POSTCOMPILE_region_2])) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND (register_entry.region LIKE :region_1 || '%' ESCAPE '/') AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_2 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_3])) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND register_entry.enabled = false AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND register_entry.enabled = true AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND register_entry.id = ANY (:ids_1::VARCHAR[]) AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_1 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_2])) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.deleted_at IS NULL AND register_entry.region = :region_1 AND (register_entry.region IS NULL OR (register_entry.region LIKE :region_2 || '%' ESCAPE '/') OR register_entry.region IN (__[POSTCOMPILE_region_3])) ORDER BY register_entry.position, register_entry.id
 LIMIT :param_1;

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.id = ANY (:wanted::VARCHAR[]);

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body, register_entry.label AS called
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.label = ANY (:ids_1::VARCHAR[]);

SELECT register_entry.id, register_entry.version, register_entry.register, register_entry.position, register_entry.enabled, register_entry.deleted_at, register_entry.region, register_entry.department, register_entry.label, register_entry.reference_code, register_entry.synchronised, register_entry.added_at, register_entry.content, register_entry.cells, register_entry.row_seal, register_entry.body, register_entry.reference_code AS called
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.reference_code = ANY (:ids_1::VARCHAR[]);

SELECT register_entry.label, register_entry.id
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.enabled = true AND register_entry.deleted_at IS NULL;

SELECT register_entry.reference_code
FROM register_entry JOIN register_cell ON register_cell.entry_id = register_entry.id
WHERE register_entry.register = :register_1 AND register_entry.reference_code IN (__[POSTCOMPILE_reference_code_1]) AND register_entry.enabled = true AND register_entry.deleted_at IS NULL AND register_cell.name = :name_1 AND register_cell.value = :value_1;

SELECT registration_change.id
FROM registration_change ORDER BY registration_change.id
 LIMIT :param_1;

SELECT registration_change.id, registration_change.row_seal
FROM registration_change ORDER BY registration_change.id
 LIMIT :param_1;

SELECT registration_change.id, registration_change.version
FROM registration_change ORDER BY registration_change.id
 LIMIT :param_1;

SELECT registration_change.id, registration_change.version, registration_change.region, registration_change.row_seal, registration_change.body
FROM registration_change
WHERE registration_change.id = :id;

SELECT review.id
FROM review ORDER BY review.id
 LIMIT :param_1;

SELECT review.id, review.row_seal
FROM review ORDER BY review.id
 LIMIT :param_1;

SELECT review.id, review.version
FROM review ORDER BY review.id
 LIMIT :param_1;

SELECT review.id, review.version, review.visit, review.task, review.region, review.department, review.done, review.body, review.row_seal
FROM review
WHERE review.id = :id;

SELECT risk_model.id
FROM risk_model ORDER BY risk_model.id
 LIMIT :param_1;

SELECT risk_model.id, risk_model.row_seal
FROM risk_model ORDER BY risk_model.id
 LIMIT :param_1;

SELECT risk_model.id, risk_model.version
FROM risk_model ORDER BY risk_model.id
 LIMIT :param_1;

SELECT risk_model.id, risk_model.version, risk_model.region, risk_model.body, risk_model.row_seal
FROM risk_model
WHERE (risk_model.id) > (:param_1) ORDER BY risk_model.id
 LIMIT :param_2;

SELECT risk_model.id, risk_model.version, risk_model.region, risk_model.body, risk_model.row_seal
FROM risk_model ORDER BY risk_model.id
 LIMIT :param_1;

SELECT risk_model.id, risk_model.version, risk_model.region, risk_model.body, risk_model.row_seal, risk_model.label
FROM risk_model
WHERE (risk_model.id) > (:param_1) ORDER BY risk_model.id
 LIMIT :param_2;

SELECT risk_model.id, risk_model.version, risk_model.region, risk_model.body, risk_model.row_seal, risk_model.label
FROM risk_model ORDER BY risk_model.id
 LIMIT :param_1;

SELECT risk_model.id, risk_model.version, risk_model.region, risk_model.label, risk_model.body, risk_model.row_seal
FROM risk_model
WHERE risk_model.id = :id;

SELECT risk_model.id, risk_model.version, risk_model.region, risk_model.label, risk_model.body, risk_model.row_seal
FROM risk_model
WHERE risk_model.id = ANY (:wanted::VARCHAR[]);

SELECT risk_model.id, risk_model.version, risk_model.region, risk_model.label, risk_model.body, risk_model.row_seal, risk_model.label AS called
FROM risk_model
WHERE risk_model.label = ANY (:ids_1::VARCHAR[]);

SELECT risk_result."level", count(*) AS count_1
FROM risk_result GROUP BY risk_result."level";

SELECT risk_result.subject_id, risk_result."level", risk_result.total, risk_result.faults, risk_result.p_fines
FROM risk_result ORDER BY risk_result.subject_id;

SELECT safe.id, safe.version, safe.title, safe.sealed, safe.contents, safe.note_index, safe.mark, safe.weight, safe.fragile, safe.due, safe.body, safe.row_seal
FROM safe;

SELECT safe.id, safe.version, safe.title, safe.sealed, safe.contents, safe.note_index, safe.mark, safe.weight, safe.fragile, safe.due, safe.body, safe.row_seal
FROM safe
WHERE safe.id = :id;

SELECT safe.id, safe.version, safe.title, safe.sealed, safe.contents, safe.note_index, safe.mark, safe.weight, safe.fragile, safe.due, safe.body, safe.row_seal
FROM safe
WHERE safe.id = :id_1;

SELECT safe.id, safe.version, safe.title, safe.sealed, safe.contents, safe.note_index, safe.mark, safe.weight, safe.fragile, safe.due, safe.body, safe.row_seal
FROM safe
WHERE safe.note_index IN (__[POSTCOMPILE_wanted]);

SELECT scene.id
FROM scene ORDER BY scene.id
 LIMIT :param_1;

SELECT scene.id, scene.row_seal
FROM scene ORDER BY scene.id
 LIMIT :param_1;

SELECT scene.id, scene.version
FROM scene ORDER BY scene.id
 LIMIT :param_1;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining, scene.body, scene.row_seal, scene.tags
FROM scene
WHERE (scene.id) > (:param_1) ORDER BY scene.id
 LIMIT :param_2;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining, scene.body, scene.row_seal, scene.tags
FROM scene ORDER BY scene.id
 LIMIT :param_1;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining, scene.tags, scene.row_seal, scene.body
FROM scene
WHERE scene.id = :id;

SELECT second_person_request.id
FROM second_person_request ORDER BY second_person_request.id
 LIMIT :param_1;

SELECT second_person_request.id, second_person_request.sealed, second_person_request.row_seal
FROM second_person_request ORDER BY second_person_request.id
 LIMIT :param_1;

SELECT second_person_request.id, second_person_request.version
FROM second_person_request ORDER BY second_person_request.id
 LIMIT :param_1;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE (second_person_request.id) > (:param_1) ORDER BY second_person_request.id
 LIMIT :param_2;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE second_person_request.about = :about_1 AND second_person_request.state = :state_1 ORDER BY second_person_request.id;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE second_person_request.asked_by = :asked_by_1 AND second_person_request.state = :state_1 AND second_person_request.lapses_at > :lapses_at_1 ORDER BY second_person_request.id;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE second_person_request.asked_by = :asked_by_1 ORDER BY second_person_request.id
 LIMIT :param_1;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE second_person_request.id = :id;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE second_person_request.state = :state_1 AND second_person_request.lapses_at > :lapses_at_1 AND (second_person_request.id) > (:param_1) ORDER BY second_person_request.id
 LIMIT :param_2;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE second_person_request.state = :state_1 AND second_person_request.lapses_at > :lapses_at_1 AND second_person_request.asked_by != :asked_by_1 AND second_person_request.about != :about_1 ORDER BY second_person_request.id
 LIMIT :param_1;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE second_person_request.state = :state_1 AND second_person_request.lapses_at > :lapses_at_1 ORDER BY second_person_request.id
 LIMIT :param_1;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request ORDER BY second_person_request.id
 LIMIT :param_1;

SELECT served_letter.id
FROM served_letter ORDER BY served_letter.id
 LIMIT :param_1;

SELECT served_letter.id, served_letter.sealed, served_letter.row_seal
FROM served_letter ORDER BY served_letter.id
 LIMIT :param_1;

SELECT served_letter.id, served_letter.version
FROM served_letter ORDER BY served_letter.id
 LIMIT :param_1;

SELECT served_letter.id, served_letter.version, served_letter.code, served_letter.rectification, served_letter.task, served_letter.subject, served_letter.region, served_letter.department, served_letter.channel, served_letter.state, served_letter.link, served_letter.made_at, served_letter.opened_at, served_letter.sealed, served_letter.body, served_letter.row_seal
FROM served_letter
WHERE served_letter.id = :id;

SELECT source_limit.id
FROM source_limit ORDER BY source_limit.id
 LIMIT :param_1;

SELECT source_limit.id, source_limit.row_seal
FROM source_limit ORDER BY source_limit.id
 LIMIT :param_1;

SELECT source_limit.id, source_limit.version, source_limit.row_seal, source_limit.body
FROM source_limit
WHERE source_limit.id = :id_1 FOR UPDATE;

SELECT staged_file.id
FROM staged_file ORDER BY staged_file.id
 LIMIT :param_1;

SELECT staged_file.id, staged_file.sealed, staged_file.row_seal
FROM staged_file ORDER BY staged_file.id
 LIMIT :param_1;

SELECT staged_file.id, staged_file.version, staged_file.owner, staged_file.begun_at, staged_file.byte_count, staged_file.sealed, staged_file.row_seal, staged_file.body
FROM staged_file
WHERE staged_file.id = :id;

SELECT standard_material.id
FROM standard_material ORDER BY standard_material.id
 LIMIT :param_1;

SELECT standard_material.id, standard_material.row_seal
FROM standard_material ORDER BY standard_material.id
 LIMIT :param_1;

SELECT standard_material.id, standard_material.version
FROM standard_material ORDER BY standard_material.id
 LIMIT :param_1;

SELECT standard_material.id, standard_material.version, standard_material.region, standard_material.code, standard_material.name, standard_material.enabled, standard_material.row_seal, standard_material.body
FROM standard_material
WHERE standard_material.id = :id;

SELECT station_message.id, station_message.made_at
FROM station_message ORDER BY station_message.id
 LIMIT :param_1;

SELECT station_message.id, station_message.owner, station_message.title, station_message.words, station_message.kind, station_message.thing, station_message.facts, station_message.made_at, station_message.unread, station_message.read_at
FROM station_message
WHERE station_message.owner = :owner_1 AND (station_message.id) < (:param_1) ORDER BY station_message.id DESC
 LIMIT :param_2;

SELECT station_message.id, station_message.owner, station_message.title, station_message.words, station_message.kind, station_message.thing, station_message.facts, station_message.made_at, station_message.unread, station_message.read_at
FROM station_message
WHERE station_message.owner = :owner_1 AND station_message.unread = true AND (station_message.id) < (:param_1) ORDER BY station_message.id DESC
 LIMIT :param_2;

SELECT station_message.id, station_message.owner, station_message.title, station_message.words, station_message.kind, station_message.thing, station_message.facts, station_message.made_at, station_message.unread, station_message.read_at
FROM station_message
WHERE station_message.owner = :owner_1 AND station_message.unread = true ORDER BY station_message.id DESC
 LIMIT :param_1;

SELECT station_message.id, station_message.owner, station_message.title, station_message.words, station_message.kind, station_message.thing, station_message.facts, station_message.made_at, station_message.unread, station_message.read_at
FROM station_message
WHERE station_message.owner = :owner_1 ORDER BY station_message.id DESC
 LIMIT :param_1;

SELECT subject.code_index
FROM subject
WHERE subject.code_index IS NOT NULL
 LIMIT :param_1;

SELECT subject.id
FROM subject
WHERE subject.id > :id_1 ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id
FROM subject ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id AS subject, wide.entity_type, wide.fines, wide.listed
FROM subject LEFT OUTER JOIN (SELECT marked.subject_id AS subject_id, max(CASE WHEN (marked.place = marked.last_0) THEN marked.entity_type END) AS entity_type, max(CASE WHEN (marked.place = marked.last_1) THEN marked.fines END) AS fines, max(CASE WHEN (marked.place = marked.last_2) THEN marked.listed END) AS listed
FROM (SELECT placed.subject_id AS subject_id, placed.place AS place, placed.entity_type AS entity_type, placed.fines AS fines, placed.listed AS listed, max(CASE WHEN (placed.entity_type IS NOT NULL) THEN placed.place END) OVER (PARTITION BY placed.subject_id) AS last_0, max(CASE WHEN (placed.fines IS NOT NULL) THEN placed.place END) OVER (PARTITION BY placed.subject_id) AS last_1, max(CASE WHEN (placed.listed IS NOT NULL) THEN placed.place END) OVER (PARTITION BY placed.subject_id) AS last_2
FROM (SELECT said.subject_id AS subject_id, row_number() OVER (PARTITION BY said.subject_id ORDER BY said.known_on, said.recorded) AS place, said.entity_type AS entity_type, said.fines AS fines, said.listed AS listed
FROM (SELECT subject_statement.subject_id AS subject_id, subject_statement.known_on AS known_on, subject_statement.recorded AS recorded, subject_statement.entity_type AS entity_type, CAST(NULL AS BIGINT) AS fines, CAST(NULL AS BIGINT) AS listed
FROM subject_statement
WHERE subject_statement.known_on <= :known_on_1 UNION ALL SELECT subject_fact.subject_id AS subject_id, subject_fact.known_on AS known_on, subject_fact.recorded AS recorded, CASE WHEN (subject_fact.name = :name_1) THEN subject_fact.code_value END AS entity_type, CASE WHEN (subject_fact.name = :name_2) THEN subject_fact.int_value END AS fines, CASE WHEN (subject_fact.name = :name_3) THEN subject_fact.int_value END AS listed
FROM subject_fact
WHERE subject_fact.name IN (__[POSTCOMPILE_name_4]) AND subject_fact.known_on <= :known_on_2) AS said) AS placed) AS marked GROUP BY marked.subject_id) AS wide ON wide.subject_id = subject.id;

SELECT subject.id AS subject, wide.entity_type, wide.fines, wide.listed
FROM subject LEFT OUTER JOIN (SELECT marked.subject_id AS subject_id, max(CASE WHEN (marked.place = marked.last_0) THEN marked.entity_type END) AS entity_type, max(CASE WHEN (marked.place = marked.last_1) THEN marked.fines END) AS fines, max(CASE WHEN (marked.place = marked.last_2) THEN marked.listed END) AS listed
FROM (SELECT placed.subject_id AS subject_id, placed.place AS place, placed.entity_type AS entity_type, placed.fines AS fines, placed.listed AS listed, max(CASE WHEN (placed.entity_type IS NOT NULL) THEN placed.place END) OVER (PARTITION BY placed.subject_id) AS last_0, max(CASE WHEN (placed.fines IS NOT NULL) THEN placed.place END) OVER (PARTITION BY placed.subject_id) AS last_1, max(CASE WHEN (placed.listed IS NOT NULL) THEN placed.place END) OVER (PARTITION BY placed.subject_id) AS last_2
FROM (SELECT said.subject_id AS subject_id, row_number() OVER (PARTITION BY said.subject_id ORDER BY said.known_on, said.recorded) AS place, said.entity_type AS entity_type, said.fines AS fines, said.listed AS listed
FROM (SELECT subject_statement.subject_id AS subject_id, subject_statement.known_on AS known_on, subject_statement.recorded AS recorded, subject_statement.entity_type AS entity_type, CAST(NULL AS BIGINT) AS fines, CAST(NULL AS BIGINT) AS listed
FROM subject_statement
WHERE subject_statement.known_on <= :known_on_1 UNION ALL SELECT subject_fact.subject_id AS subject_id, subject_fact.known_on AS known_on, subject_fact.recorded AS recorded, CASE WHEN (subject_fact.name = :name_1) THEN subject_fact.code_value END AS entity_type, CASE WHEN (subject_fact.name = :name_2) THEN subject_fact.int_value END AS fines, CASE WHEN (subject_fact.name = :name_3) THEN subject_fact.int_value END AS listed
FROM subject_fact
WHERE subject_fact.name IN (__[POSTCOMPILE_name_4]) AND subject_fact.known_on <= :known_on_2) AS said) AS placed) AS marked GROUP BY marked.subject_id) AS wide ON wide.subject_id = subject.id
WHERE subject.region = :region_1;

SELECT subject.id, subject.code
FROM subject;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1]))) AND (subject.id) > (:param_1) ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1]))) AND (subject.name, subject.id) > (:param_1, :param_2) ORDER BY subject.name, subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1]))) ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1]))) ORDER BY subject.name, subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (subject.code = :code_1 OR subject.code_index IN (__[POSTCOMPILE_code_index_1])) ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (subject.code = :code_1 OR subject.code_index IN (__[POSTCOMPILE_code_index_1])) ORDER BY subject.name, subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (subject.id) > (:param_1) ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (subject.name, subject.id) > (:param_1, :param_2) ORDER BY subject.name, subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (subject.region LIKE :param_1 || '%' ESCAPE '/') AND (subject.id) > (:param_2) ORDER BY subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (subject.region LIKE :param_1 || '%' ESCAPE '/') ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (subject.region LIKE :region_1 || '%' ESCAPE '/') AND (subject.name, subject.id) > (:param_1, :param_2) ORDER BY subject.name, subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (subject.region LIKE :region_1 || '%' ESCAPE '/') ORDER BY subject.name, subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) AND (subject.id) > (:param_1) ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) AND (subject.name, subject.id) > (:param_1, :param_2) ORDER BY subject.name, subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) ORDER BY subject.name, subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.category = :category_1 AND (subject.name, subject.id) > (:param_1, :param_2) ORDER BY subject.name, subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.category = :category_1 ORDER BY subject.name, subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.category = :param_1 AND (subject.id) > (:param_2) ORDER BY subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.category = :param_1 ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.city = :city_1 AND (subject.name, subject.id) > (:param_1, :param_2) ORDER BY subject.name, subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.city = :city_1 AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) AND (subject.name, subject.id) > (:param_1, :param_2) ORDER BY subject.name, subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.city = :city_1 AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) ORDER BY subject.name, subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.city = :city_1 AND subject.status = :status_1 ORDER BY subject.name, subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.city = :city_1 ORDER BY subject.name, subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.city = :param_1 AND (subject.id) > (:param_2) ORDER BY subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.city = :param_1 AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) AND (subject.id) > (:param_2) ORDER BY subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.city = :param_1 AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.city = :param_1 AND subject.doubtful = true AND (EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1]))) ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.city = :param_1 AND subject.status = :param_2 ORDER BY subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.city = :param_1 ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.doubtful = false AND (subject.id) > (:param_1) ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.doubtful = false AND (subject.name, subject.id) > (:param_1, :param_2) ORDER BY subject.name, subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.doubtful = false ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.doubtful = false ORDER BY subject.name, subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.doubtful = true AND (subject.id) > (:param_1) ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.doubtful = true AND (subject.name, subject.id) > (:param_1, :param_2) ORDER BY subject.name, subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.doubtful = true ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.doubtful = true ORDER BY subject.name, subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.kind = :kind_1 AND (subject.name, subject.id) > (:param_1, :param_2) ORDER BY subject.name, subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.kind = :kind_1 ORDER BY subject.name, subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.kind = :param_1 AND (subject.id) > (:param_2) ORDER BY subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.kind = :param_1 ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.name >= :name_1 AND subject.name < :name_2 AND (subject.id) > (:param_1) ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.name >= :name_1 AND subject.name < :name_2 AND (subject.name, subject.id) > (:param_1, :param_2) ORDER BY subject.name, subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.name >= :name_1 AND subject.name < :name_2 ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.name >= :name_1 AND subject.name < :name_2 ORDER BY subject.name, subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.region = :param_1 AND (subject.id) > (:param_2) ORDER BY subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.region = :param_1 ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.region = :region_1 AND (subject.name, subject.id) > (:param_1, :param_2) ORDER BY subject.name, subject.id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false AND subject.region = :region_1 ORDER BY subject.name, subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.deleted = false ORDER BY subject.name, subject.id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject JOIN subject_tag ON subject_tag.subject_id = subject.id
WHERE subject.deleted = false AND subject.city = :city_1 AND subject.doubtful = true AND subject_tag.tag IN (__[POSTCOMPILE_tag_1]) ORDER BY subject_tag.name, subject_tag.subject_id
 LIMIT :param_1;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject JOIN subject_tag ON subject_tag.subject_id = subject.id
WHERE subject.deleted = false AND subject_tag.tag IN (__[POSTCOMPILE_tag_1]) AND (subject_tag.name, subject_tag.subject_id) > (:param_1, :param_2) ORDER BY subject_tag.name, subject_tag.subject_id
 LIMIT :param_3;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject JOIN subject_tag ON subject_tag.subject_id = subject.id
WHERE subject.deleted = false AND subject_tag.tag IN (__[POSTCOMPILE_tag_1]) ORDER BY subject_tag.name, subject_tag.subject_id
 LIMIT :param_1;

SELECT subject.id, subject.region
FROM subject
WHERE subject.id IN (__[POSTCOMPILE_id_1]);

SELECT subject.id, subject.sealed, subject.code_index, subject.principal_index, subject.row_seal
FROM subject
WHERE subject.id > :id_1 ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id, subject.sealed, subject.code_index, subject.principal_index, subject.row_seal
FROM subject ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id, subject.version
FROM subject
WHERE subject.id > :id_1 ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id, subject.version
FROM subject ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.body, subject.sealed, subject.code_index, subject.row_seal
FROM subject
WHERE (subject.id) > (:param_1) ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.body, subject.sealed, subject.code_index, subject.row_seal
FROM subject ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.body, subject.sealed, subject.code_index, subject.row_seal, subject.deleted, subject.principal, subject.principal_index
FROM subject
WHERE (subject.id) > (:param_1) ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.body, subject.sealed, subject.code_index, subject.row_seal, subject.deleted, subject.principal, subject.principal_index
FROM subject ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.body, subject.sealed, subject.code_index, subject.row_seal, subject.deleted, subject.principal, subject.principal_index, subject.extras
FROM subject
WHERE (subject.id) > (:param_1) ORDER BY subject.id
 LIMIT :param_2;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.body, subject.sealed, subject.code_index, subject.row_seal, subject.deleted, subject.principal, subject.principal_index, subject.extras
FROM subject ORDER BY subject.id
 LIMIT :param_1;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.principal, subject.doubtful, subject.deleted, subject.shared, subject.tags, subject.extras, subject.sealed, subject.code_index, subject.principal_index, subject.row_seal, subject.body
FROM subject
WHERE subject.id = :id_1;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.principal, subject.doubtful, subject.deleted, subject.shared, subject.tags, subject.extras, subject.sealed, subject.code_index, subject.principal_index, subject.row_seal, subject.body, batch_seal.row_seal AS batch_seal
FROM subject LEFT OUTER JOIN batch_seal ON batch_seal.id = subject.row_seal
WHERE subject.code = :code;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.principal, subject.doubtful, subject.deleted, subject.shared, subject.tags, subject.extras, subject.sealed, subject.code_index, subject.principal_index, subject.row_seal, subject.body, batch_seal.row_seal AS batch_seal
FROM subject LEFT OUTER JOIN batch_seal ON batch_seal.id = subject.row_seal
WHERE subject.code IN (__[POSTCOMPILE_wanted]);

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.principal, subject.doubtful, subject.deleted, subject.shared, subject.tags, subject.extras, subject.sealed, subject.code_index, subject.principal_index, subject.row_seal, subject.body, batch_seal.row_seal AS batch_seal
FROM subject LEFT OUTER JOIN batch_seal ON batch_seal.id = subject.row_seal
WHERE subject.id = :id;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.principal, subject.doubtful, subject.deleted, subject.shared, subject.tags, subject.extras, subject.sealed, subject.code_index, subject.principal_index, subject.row_seal, subject.body, batch_seal.row_seal AS batch_seal
FROM subject LEFT OUTER JOIN batch_seal ON batch_seal.id = subject.row_seal
WHERE subject.id >= :id_1 AND subject.id <= :id_2;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.principal, subject.doubtful, subject.deleted, subject.shared, subject.tags, subject.extras, subject.sealed, subject.code_index, subject.principal_index, subject.row_seal, subject.body, batch_seal.row_seal AS batch_seal
FROM subject LEFT OUTER JOIN batch_seal ON batch_seal.id = subject.row_seal
WHERE subject.id IN (__[POSTCOMPILE_id_1]);

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.principal, subject.doubtful, subject.deleted, subject.shared, subject.tags, subject.extras, subject.sealed, subject.code_index, subject.principal_index, subject.row_seal, subject.body, batch_seal.row_seal AS batch_seal
FROM subject LEFT OUTER JOIN batch_seal ON batch_seal.id = subject.row_seal
WHERE subject.id IN (__[POSTCOMPILE_wanted]);

SELECT subject.row_seal
FROM subject;

SELECT subject.row_seal
FROM subject
WHERE subject.id = :id_1;

SELECT subject.sealed
FROM subject;

SELECT subject_department.subject_id, subject_department.department
FROM subject_department
WHERE subject_department.subject_id IN (__[POSTCOMPILE_subject_id_1]);

SELECT subject_fact.row_seal
FROM subject_fact;

SELECT subject_fact.row_seal
FROM subject_fact
WHERE subject_fact.row_seal != :row_seal_1;

SELECT subject_fact.row_seal
FROM subject_fact
WHERE subject_fact.subject_id = :subject_id_1;

SELECT subject_fact.row_seal, count(*) AS count_1
FROM subject_fact
WHERE subject_fact.row_seal IN (__[POSTCOMPILE_row_seal_1]) GROUP BY subject_fact.row_seal;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value
FROM subject_fact;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value
FROM subject_fact
WHERE subject_fact.form = :form_1 AND subject_fact.name IN (__[POSTCOMPILE_name_1]) OR subject_fact.form = :form_2 AND subject_fact.name IN (__[POSTCOMPILE_name_2]) OR subject_fact.name IN (__[POSTCOMPILE_name_3]) AND subject_fact.form = :form_3 AND subject_fact.code_value IS NOT NULL ORDER BY subject_fact.subject_id, subject_fact.recorded;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal
FROM subject_fact
WHERE subject_fact.subject_id = :subject_id_1;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal
FROM subject_fact
WHERE subject_fact.subject_id IN (__[POSTCOMPILE_wanted]);

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal
FROM subject_fact ORDER BY subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source
 LIMIT :param_1;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal, batch_seal.row_seal AS batch_seal
FROM subject_fact LEFT OUTER JOIN batch_seal ON batch_seal.id = subject_fact.row_seal
WHERE (subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source) > (:param_1, :param_2, :param_3, :param_4) ORDER BY subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source
 LIMIT :param_5;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal, batch_seal.row_seal AS batch_seal
FROM subject_fact LEFT OUTER JOIN batch_seal ON batch_seal.id = subject_fact.row_seal
WHERE subject_fact.subject_id IN (__[POSTCOMPILE_subject_id_1]) AND subject_fact.known_on <= :known_on_1;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal, batch_seal.row_seal AS batch_seal
FROM subject_fact LEFT OUTER JOIN batch_seal ON batch_seal.id = subject_fact.row_seal ORDER BY subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source
 LIMIT :param_1;

SELECT subject_former_code.code, subject_former_code.subject_id
FROM subject_former_code
WHERE subject_former_code.code IN (__[POSTCOMPILE_code_1]);

SELECT subject_former_code.subject_id, subject_former_code.code
FROM subject_former_code
WHERE subject_former_code.subject_id IN (__[POSTCOMPILE_subject_id_1]);

SELECT subject_said.subject_id, subject_said.said
FROM subject_said
WHERE subject_said.subject_id IN (__[POSTCOMPILE_subject_id_1]);

SELECT subject_statement.recorded
FROM subject_statement;

SELECT subject_statement.row_seal
FROM subject_statement;

SELECT subject_statement.row_seal
FROM subject_statement
WHERE subject_statement.subject_id = :subject_id_1;

SELECT subject_statement.row_seal, count(*) AS count_1
FROM subject_statement
WHERE subject_statement.row_seal IN (__[POSTCOMPILE_row_seal_1]) GROUP BY subject_statement.row_seal;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal
FROM subject_statement
WHERE subject_statement.subject_id = :subject_id_1;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal
FROM subject_statement
WHERE subject_statement.subject_id IN (__[POSTCOMPILE_wanted]);

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal
FROM subject_statement ORDER BY subject_statement.subject_id, subject_statement.recorded
 LIMIT :param_1;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal, batch_seal.row_seal AS batch_seal
FROM subject_statement LEFT OUTER JOIN batch_seal ON batch_seal.id = subject_statement.row_seal
WHERE (subject_statement.subject_id, subject_statement.recorded) > (:param_1, :param_2) ORDER BY subject_statement.subject_id, subject_statement.recorded
 LIMIT :param_3;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal, batch_seal.row_seal AS batch_seal
FROM subject_statement LEFT OUTER JOIN batch_seal ON batch_seal.id = subject_statement.row_seal
WHERE subject_statement.subject_id IN (__[POSTCOMPILE_subject_id_1]) AND subject_statement.known_on <= :known_on_1;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal, batch_seal.row_seal AS batch_seal
FROM subject_statement LEFT OUTER JOIN batch_seal ON batch_seal.id = subject_statement.row_seal ORDER BY subject_statement.subject_id, subject_statement.recorded
 LIMIT :param_1;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.share_freezes_3y, subject_statement.abnormal_listings_3y, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.fraud_alerts_1y, subject_statement.in_liquidation, subject_statement.tax_in_arrears, subject_statement.abnormal_listed, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.entity_type
FROM subject_statement ORDER BY subject_statement.subject_id, subject_statement.recorded;

SELECT subject_tag.subject_id, subject_tag.tag, subject_tag.name
FROM subject_tag
WHERE subject_tag.subject_id IN (__[POSTCOMPILE_subject_id_1]);

SELECT sum(count_cell.many) AS total
FROM count_cell
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2;

SELECT sum(count_cell.many) AS total
FROM count_cell
WHERE count_cell.measure IN (__[POSTCOMPILE_measure_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND (count_cell.region LIKE :region_1 || '%' ESCAPE '/');

SELECT sum(count_cell.many) AS total
FROM count_cell
WHERE count_cell.measure IN (__[POSTCOMPILE_param_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND (count_cell.region LIKE :region_1 || '%' ESCAPE '/') AND count_cell.group_id IN (__[POSTCOMPILE_group_id_1]);

SELECT sum(count_cell.many) AS total
FROM count_cell
WHERE count_cell.measure IN (__[POSTCOMPILE_param_1]) AND count_cell.counted_on >= :counted_on_1 AND count_cell.counted_on <= :counted_on_2 AND count_cell.region = :region_1 AND count_cell.group_id IN (__[POSTCOMPILE_group_id_1]);

SELECT sum(count_sum.many) AS total
FROM count_sum
WHERE count_sum.along = :along_1 AND count_sum.region = :region_1 AND count_sum.measure IN (__[POSTCOMPILE_measure_1]) AND count_sum.counted_in >= :counted_in_1 AND count_sum.counted_in < :counted_in_2;

SELECT sum(register_entry.version) AS sum_1
FROM register_entry
WHERE register_entry.register = :register_1;

SELECT synchronisation.id
FROM synchronisation ORDER BY synchronisation.id
 LIMIT :param_1;

SELECT synchronisation.id, synchronisation.row_seal
FROM synchronisation ORDER BY synchronisation.id
 LIMIT :param_1;

SELECT synchronisation.id, synchronisation.version, synchronisation.row_seal, synchronisation.body
FROM synchronisation
WHERE synchronisation.id = :id;

SELECT tag.id
FROM tag ORDER BY tag.id
 LIMIT :param_1;

SELECT tag.id, tag.row_seal
FROM tag ORDER BY tag.id
 LIMIT :param_1;

SELECT tag.id, tag.version
FROM tag ORDER BY tag.id
 LIMIT :param_1;

SELECT tag.id, tag.version, tag.name, tag.region, tag.enabled, tag.row_seal, tag.body
FROM tag
WHERE tag.id = :id;

SELECT tag.id, tag.version, tag.name, tag.region, tag.enabled, tag.row_seal, tag.body
FROM tag
WHERE tag.region IN (__[POSTCOMPILE_region_1]) AND tag.enabled = true;

SELECT task.id
FROM task
WHERE task.code = :code_1;

SELECT task.id
FROM task
WHERE task.id > :id_1 ORDER BY task.id
 LIMIT :param_1;

SELECT task.id
FROM task ORDER BY task.id
 LIMIT :param_1;

SELECT task.id, task.body
FROM task ORDER BY task.id;

SELECT task.id, task.code AS "number", task.name, task.state, task.kind, task.lead_department AS lead, task.checklist, task.scene, task.plan, task.task_year AS year, task.region, task.starts_on, task.ends_on, task.created_at, task.dispatched_at
FROM task
WHERE task.id IN (SELECT task_party.task_id
FROM task_party
WHERE task_party.party = :party_1) ORDER BY task.code, task.id
 LIMIT :param_1;

SELECT task.id, task.row_seal
FROM task ORDER BY task.id
 LIMIT :param_1;

SELECT task.id, task.scene
FROM task;

SELECT task.id, task.scene, task.state, task.body
FROM task
WHERE task.id = :id_1;

SELECT task.id, task.version
FROM task ORDER BY task.id
 LIMIT :param_1;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on, task.body, task.row_seal
FROM task
WHERE (task.id) > (:param_1) ORDER BY task.id
 LIMIT :param_2;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on, task.body, task.row_seal
FROM task ORDER BY task.id
 LIMIT :param_1;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on, task.body, task.row_seal, task.checklist, task.task_year, task.created_at, task.dispatched_at
FROM task
WHERE (task.id) > (:param_1) ORDER BY task.id
 LIMIT :param_2;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on, task.body, task.row_seal, task.checklist, task.task_year, task.created_at, task.dispatched_at
FROM task ORDER BY task.id
 LIMIT :param_1;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on, task.body, task.row_seal, task.checklist, task.task_year, task.created_at, task.dispatched_at, task.confirm_by, task.confirmed_on
FROM task
WHERE (task.id) > (:param_1) ORDER BY task.id
 LIMIT :param_2;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on, task.body, task.row_seal, task.checklist, task.task_year, task.created_at, task.dispatched_at, task.confirm_by, task.confirmed_on
FROM task ORDER BY task.id
 LIMIT :param_1;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on, task.checklist, task.task_year, task.created_at, task.dispatched_at, task.confirm_by, task.confirmed_on, task.body, task.row_seal
FROM task
WHERE task.id = :id;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on, task.checklist, task.task_year, task.created_at, task.dispatched_at, task.confirm_by, task.confirmed_on, task.body, task.row_seal
FROM task
WHERE task.id > :id_1 ORDER BY task.id
 LIMIT :param_1;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on, task.checklist, task.task_year, task.created_at, task.dispatched_at, task.confirm_by, task.confirmed_on, task.body, task.row_seal
FROM task
WHERE task.id IN (__[POSTCOMPILE_id_1]) ORDER BY task.id FOR UPDATE;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on, task.checklist, task.task_year, task.created_at, task.dispatched_at, task.confirm_by, task.confirmed_on, task.body, task.row_seal
FROM task
WHERE task.plan = :plan_1 ORDER BY task.code, task.id;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on, task.checklist, task.task_year, task.created_at, task.dispatched_at, task.confirm_by, task.confirmed_on, task.body, task.row_seal
FROM task ORDER BY task.id
 LIMIT :param_1;

SELECT task.plan, count(task.id) AS count_1, sum(CASE WHEN (task.state IN (__[POSTCOMPILE_state_1])) THEN :param_1 ELSE :param_2 END) AS sum_1
FROM task
WHERE task.plan IN (__[POSTCOMPILE_plan_1]) AND task.state != :state_2 GROUP BY task.plan;

SELECT team.id
FROM team ORDER BY team.id
 LIMIT :param_1;

SELECT team.id, team.row_seal
FROM team ORDER BY team.id
 LIMIT :param_1;

SELECT team.id, team.version
FROM team ORDER BY team.id
 LIMIT :param_1;

SELECT team.id, team.version, team.region, team.leader, team.deleted, team.body, team.row_seal
FROM team
WHERE (team.id) > (:param_1) ORDER BY team.id
 LIMIT :param_2;

SELECT team.id, team.version, team.region, team.leader, team.deleted, team.body, team.row_seal
FROM team ORDER BY team.id
 LIMIT :param_1;

SELECT team.id, team.version, team.region, team.leader, team.deleted, team.body, team.row_seal, team.label
FROM team
WHERE (team.id) > (:param_1) ORDER BY team.id
 LIMIT :param_2;

SELECT team.id, team.version, team.region, team.leader, team.deleted, team.body, team.row_seal, team.label
FROM team ORDER BY team.id
 LIMIT :param_1;

SELECT team.id, team.version, team.region, team.leader, team.deleted, team.label, team.row_seal, team.body
FROM team
WHERE team.id = :id;

SELECT team.id, team.version, team.region, team.leader, team.deleted, team.label, team.row_seal, team.body
FROM team
WHERE team.id = ANY (:wanted::VARCHAR[]);

SELECT team.id, team.version, team.region, team.leader, team.deleted, team.label, team.row_seal, team.body
FROM team
WHERE team.id IN (__[POSTCOMPILE_wanted]);

SELECT team.id, team.version, team.region, team.leader, team.deleted, team.label, team.row_seal, team.body, team.label AS called
FROM team
WHERE team.label = ANY (:ids_1::VARCHAR[]);

SELECT team_member.team_id
FROM team_member
WHERE team_member.officer_id = :officer_id_1;

SELECT term_warning.id
FROM term_warning ORDER BY term_warning.id
 LIMIT :param_1;

SELECT term_warning.id, term_warning.row_seal
FROM term_warning ORDER BY term_warning.id
 LIMIT :param_1;

SELECT term_warning.id, term_warning.version
FROM term_warning ORDER BY term_warning.id
 LIMIT :param_1;

SELECT term_warning.id, term_warning.version, term_warning.kind, term_warning.state, term_warning.task, term_warning.department, term_warning.lead, term_warning.region, term_warning.due_on, term_warning.body, term_warning.row_seal
FROM term_warning
WHERE term_warning.id = :id;

SELECT todo.kind, todo.root_id, todo.part, todo.verb, todo.assignee, todo.due_on, todo.permission, todo.label, todo.subject
FROM todo
WHERE todo.kind = :of_kind AND todo.root_id = ANY (:wanted::VARCHAR[]);

SELECT todo.kind, todo.root_id, todo.part, todo.verb, todo.assignee, todo.due_on, todo.permission, todo.label, todo.subject
FROM todo
WHERE todo.permission IN (__[POSTCOMPILE_permission_1]) AND (todo.due_on, todo.kind, todo.root_id, todo.part, todo.verb, todo.assignee) > (:param_1, :param_2, :param_3, :param_4, :param_5, :param_6) AND todo.assignee = :assignee_1 ORDER BY todo.due_on, todo.kind, todo.root_id, todo.part, todo.verb, todo.assignee
 LIMIT :param_7;

SELECT todo.kind, todo.root_id, todo.part, todo.verb, todo.assignee, todo.due_on, todo.permission, todo.label, todo.subject
FROM todo
WHERE todo.permission IN (__[POSTCOMPILE_permission_1]) AND todo.assignee = :assignee_1 ORDER BY todo.due_on, todo.kind, todo.root_id, todo.part, todo.verb, todo.assignee
 LIMIT :param_1;

SELECT todo.kind, todo.root_id, todo.part, todo.verb, todo.assignee, todo.due_on, todo.permission, todo.label, todo.subject
FROM todo
WHERE todo.permission IN (__[POSTCOMPILE_permission_1]) AND todo.kind IN (__[POSTCOMPILE_kind_1]) AND todo.assignee = :assignee_1 ORDER BY todo.due_on, todo.kind, todo.root_id, todo.part, todo.verb, todo.assignee
 LIMIT :param_1;

SELECT transfer.id
FROM transfer ORDER BY transfer.id
 LIMIT :param_1;

SELECT transfer.id, transfer.row_seal
FROM transfer ORDER BY transfer.id
 LIMIT :param_1;

SELECT transfer.id, transfer.version
FROM transfer ORDER BY transfer.id
 LIMIT :param_1;

SELECT transfer.id, transfer.version, transfer.body, transfer.row_seal, transfer.reason, transfer.kind, transfer.state, transfer.visit, transfer.subject, transfer.region, transfer.department, transfer.receiver
FROM transfer
WHERE (transfer.id) > (:param_1) ORDER BY transfer.id
 LIMIT :param_2;

SELECT transfer.id, transfer.version, transfer.body, transfer.row_seal, transfer.reason, transfer.kind, transfer.state, transfer.visit, transfer.subject, transfer.region, transfer.department, transfer.receiver
FROM transfer ORDER BY transfer.id
 LIMIT :param_1;

SELECT transfer.id, transfer.version, transfer.body, transfer.row_seal, transfer.reason, transfer.kind, transfer.state, transfer.visit, transfer.subject, transfer.region, transfer.department, transfer.receiver, transfer.task, transfer.scene
FROM transfer
WHERE (transfer.id) > (:param_1) ORDER BY transfer.id
 LIMIT :param_2;

SELECT transfer.id, transfer.version, transfer.body, transfer.row_seal, transfer.reason, transfer.kind, transfer.state, transfer.visit, transfer.subject, transfer.region, transfer.department, transfer.receiver, transfer.task, transfer.scene
FROM transfer ORDER BY transfer.id
 LIMIT :param_1;

SELECT transfer.id, transfer.version, transfer.reason, transfer.kind, transfer.state, transfer.visit, transfer.subject, transfer.region, transfer.department, transfer.receiver, transfer.task, transfer.scene, transfer.body, transfer.row_seal
FROM transfer
WHERE transfer.id = :id;

SELECT unscheduled_run.id
FROM unscheduled_run ORDER BY unscheduled_run.id
 LIMIT :param_1;

SELECT unscheduled_run.id, unscheduled_run.row_seal
FROM unscheduled_run ORDER BY unscheduled_run.id
 LIMIT :param_1;

SELECT unscheduled_run.id, unscheduled_run.version
FROM unscheduled_run ORDER BY unscheduled_run.id
 LIMIT :param_1;

SELECT unscheduled_run.id, unscheduled_run.version, unscheduled_run.rule, unscheduled_run.as_of, unscheduled_run.body, unscheduled_run.row_seal
FROM unscheduled_run
WHERE unscheduled_run.id = :id;

SELECT unscheduled_run.id, unscheduled_run.version, unscheduled_run.rule, unscheduled_run.as_of, unscheduled_run.body, unscheduled_run.row_seal
FROM unscheduled_run
WHERE unscheduled_run.rule = :rule_1 AND unscheduled_run.as_of <= :as_of_1 AND unscheduled_run.as_of >= :as_of_2 ORDER BY unscheduled_run.id;

SELECT unscheduled_run.id, unscheduled_run.version, unscheduled_run.rule, unscheduled_run.as_of, unscheduled_run.body, unscheduled_run.row_seal
FROM unscheduled_run
WHERE unscheduled_run.rule = :rule_1 AND unscheduled_run.as_of <= :as_of_1 ORDER BY unscheduled_run.id;

SELECT user_department.user_id
FROM user_department
WHERE user_department.department IN (__[POSTCOMPILE_department_1]);

SELECT visit.id
FROM visit
WHERE visit.subject IN (__[POSTCOMPILE_subject_1]) AND visit.lead IN (__[POSTCOMPILE_lead_1]) AND visit.formed_on >= :formed_on_1;

SELECT visit.id
FROM visit ORDER BY visit.id
 LIMIT :param_1;

SELECT visit.id, visit.sealed, visit.row_seal
FROM visit ORDER BY visit.id
 LIMIT :param_1;

SELECT visit.id, visit.task
FROM visit;

SELECT visit.id, visit.version
FROM visit ORDER BY visit.id
 LIMIT :param_1;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable, visit.body, visit.sealed, visit.row_seal
FROM visit
WHERE (visit.id) > (:param_1) ORDER BY visit.id
 LIMIT :param_2;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable, visit.body, visit.sealed, visit.row_seal
FROM visit ORDER BY visit.id
 LIMIT :param_1;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable, visit.body, visit.sealed, visit.row_seal, visit.lead, visit.starts_on, visit.assisted
FROM visit
WHERE (visit.id) > (:param_1) ORDER BY visit.id
 LIMIT :param_2;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable, visit.body, visit.sealed, visit.row_seal, visit.lead, visit.starts_on, visit.assisted
FROM visit ORDER BY visit.id
 LIMIT :param_1;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable, visit.body, visit.sealed, visit.row_seal, visit.lead, visit.starts_on, visit.assisted, visit.place_proof
FROM visit
WHERE (visit.id) > (:param_1) ORDER BY visit.id
 LIMIT :param_2;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable, visit.body, visit.sealed, visit.row_seal, visit.lead, visit.starts_on, visit.assisted, visit.place_proof
FROM visit ORDER BY visit.id
 LIMIT :param_1;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable, visit.lead, visit.starts_on, visit.assisted, visit.place_proof
FROM visit
WHERE visit.subject = :of_subject AND visit.formed_on <= :until ORDER BY visit.formed_on, visit.id;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable, visit.lead, visit.starts_on, visit.assisted, visit.place_proof, visit.sealed, visit.body, visit.row_seal
FROM visit
WHERE visit.id = :id;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable, visit.lead, visit.starts_on, visit.assisted, visit.place_proof, visit.sealed, visit.body, visit.row_seal
FROM visit
WHERE visit.id IN (__[POSTCOMPILE_id_1]);

SELECT visit.lead, visit.place_proof, count(visit.id) AS visits
FROM visit
WHERE visit.formed_on BETWEEN :since AND :until AND visit.place_proof IN (__[POSTCOMPILE_place_proof_1]) GROUP BY visit.lead, visit.place_proof;

SELECT visit.state, count(visit.id) AS count_1
FROM visit
WHERE visit.task = :task_1 GROUP BY visit.state;

SELECT visit.subject, min(visit.code) AS code
FROM visit
WHERE visit.task = :of_task AND visit.subject = ANY (:wanted::VARCHAR[]) GROUP BY visit.subject;

SELECT visit.subject, visit.due_on, visit_department.department, task.plan
FROM visit JOIN visit_department ON visit_department.visit_id = visit.id JOIN task ON task.id = visit.task
WHERE visit.subject IN (__[POSTCOMPILE_subject_1]) AND task.dispatched_at IS NOT NULL AND visit.is_open = true;

SELECT visit.subject, visit.task
FROM visit LEFT OUTER JOIN task ON task.id = visit.task
WHERE visit.subject IN (__[POSTCOMPILE_subject_1]) AND visit.cap_year = :cap_year_1 AND (visit.formed_on IS NOT NULL OR task.dispatched_at IS NOT NULL AND visit.is_open = true AND visit.due_on >= :due_on_1) ORDER BY visit.subject, visit.id;

SELECT visit.subject, visit_department.department, count(visit.id) AS count_1
FROM visit JOIN visit_department ON visit_department.visit_id = visit.id LEFT OUTER JOIN task ON task.id = visit.task
WHERE visit.subject IN (__[POSTCOMPILE_subject_1]) AND visit.cap_year = :cap_year_1 AND (visit.formed_on IS NOT NULL OR task.dispatched_at IS NOT NULL AND visit.is_open = true AND visit.due_on >= :due_on_1) AND visit_department.department IN (__[POSTCOMPILE_department_1]) GROUP BY visit.subject, visit_department.department;

SELECT visit.task, count(visit.id) AS visits, sum(CASE WHEN (visit.state IN (__[POSTCOMPILE_state_1])) THEN :param_1 ELSE :param_2 END) AS done
FROM visit
WHERE visit.task = ANY (:wanted::VARCHAR[]) GROUP BY visit.task;

SELECT visit_officer.officer, count(visit.id) AS visits
FROM visit_officer JOIN visit ON visit.id = visit_officer.visit_id LEFT OUTER JOIN task ON task.id = visit.task
WHERE visit_officer.officer = ANY (:wanted::VARCHAR[]) AND visit.is_open = true AND (task.id IS NULL OR task.state != :state_1) GROUP BY visit_officer.officer;

SELECT visit_rating.id
FROM visit_rating ORDER BY visit_rating.id
 LIMIT :param_1;

SELECT visit_rating.id, visit_rating.row_seal
FROM visit_rating ORDER BY visit_rating.id
 LIMIT :param_1;

SELECT visit_rating.id, visit_rating.version
FROM visit_rating ORDER BY visit_rating.id
 LIMIT :param_1;

SELECT visit_rating.id, visit_rating.version, visit_rating.department, visit_rating.rated_on, visit_rating.lawful, visit_rating.courteous, visit_rating.helpful, visit_rating.body, visit_rating.row_seal
FROM visit_rating
WHERE visit_rating.id = :id;

UPDATE access_group SET version=:version, name=:name, department=:department, enabled=:enabled, row_seal=:row_seal, body=:body WHERE access_group.id = :old_id AND access_group.version = :old_version;

UPDATE access_role SET version=:version WHERE access_role.id = :id_1;

UPDATE access_role SET version=:version, name=:name, department=:department, enabled=:enabled, row_seal=:row_seal, body=:body WHERE access_role.id = :old_id AND access_role.version = :old_version;

UPDATE alembic_version SET version_num='0007' WHERE alembic_version.version_num = '0008';

UPDATE alembic_version SET version_num='0008' WHERE alembic_version.version_num = '0007';

UPDATE alembic_version SET version_num='0008' WHERE alembic_version.version_num = '0009';

UPDATE alembic_version SET version_num='0009' WHERE alembic_version.version_num = '0008';

UPDATE alembic_version SET version_num='0009' WHERE alembic_version.version_num = '0010';

UPDATE alembic_version SET version_num='0010' WHERE alembic_version.version_num = '0009';

UPDATE alembic_version SET version_num='0010' WHERE alembic_version.version_num = '0011';

UPDATE alembic_version SET version_num='0011' WHERE alembic_version.version_num = '0010';

UPDATE alembic_version SET version_num='0011' WHERE alembic_version.version_num = '0012';

UPDATE alembic_version SET version_num='0012' WHERE alembic_version.version_num = '0011';

UPDATE alembic_version SET version_num='0012' WHERE alembic_version.version_num = '0013';

UPDATE alembic_version SET version_num='0013' WHERE alembic_version.version_num = '0012';

UPDATE alembic_version SET version_num='0013' WHERE alembic_version.version_num = '0014';

UPDATE alembic_version SET version_num='0014' WHERE alembic_version.version_num = '0013';

UPDATE alembic_version SET version_num='0014' WHERE alembic_version.version_num = '0015';

UPDATE alembic_version SET version_num='0015' WHERE alembic_version.version_num = '0014';

UPDATE alembic_version SET version_num='0015' WHERE alembic_version.version_num = '0016';

UPDATE alembic_version SET version_num='0016' WHERE alembic_version.version_num = '0015';

UPDATE alembic_version SET version_num='0016' WHERE alembic_version.version_num = '0017';

UPDATE alembic_version SET version_num='0017' WHERE alembic_version.version_num = '0016';

UPDATE alembic_version SET version_num='0017' WHERE alembic_version.version_num = '0018';

UPDATE alembic_version SET version_num='0018' WHERE alembic_version.version_num = '0017';

UPDATE alembic_version SET version_num='0018' WHERE alembic_version.version_num = '0019';

UPDATE alembic_version SET version_num='0019' WHERE alembic_version.version_num = '0018';

UPDATE alembic_version SET version_num='0019' WHERE alembic_version.version_num = '0020';

UPDATE alembic_version SET version_num='0020' WHERE alembic_version.version_num = '0019';

UPDATE alembic_version SET version_num='0020' WHERE alembic_version.version_num = '0021';

UPDATE alembic_version SET version_num='0021' WHERE alembic_version.version_num = '0020';

UPDATE alembic_version SET version_num='0021' WHERE alembic_version.version_num = '0022';

UPDATE alembic_version SET version_num='0022' WHERE alembic_version.version_num = '0021';

UPDATE alembic_version SET version_num='0022' WHERE alembic_version.version_num = '0023';

UPDATE alembic_version SET version_num='0023' WHERE alembic_version.version_num = '0022';

UPDATE alembic_version SET version_num='0023' WHERE alembic_version.version_num = '0024';

UPDATE alembic_version SET version_num='0024' WHERE alembic_version.version_num = '0023';

UPDATE alembic_version SET version_num='0024' WHERE alembic_version.version_num = '0025';

UPDATE alembic_version SET version_num='0025' WHERE alembic_version.version_num = '0024';

UPDATE alembic_version SET version_num='0025' WHERE alembic_version.version_num = '0026';

UPDATE alembic_version SET version_num='0026' WHERE alembic_version.version_num = '0025';

UPDATE alembic_version SET version_num='0026' WHERE alembic_version.version_num = '0027';

UPDATE alembic_version SET version_num='0027' WHERE alembic_version.version_num = '0026';

UPDATE alembic_version SET version_num='0027' WHERE alembic_version.version_num = '0028';

UPDATE alembic_version SET version_num='0028' WHERE alembic_version.version_num = '0027';

UPDATE alembic_version SET version_num='0028' WHERE alembic_version.version_num = '0029';

UPDATE alembic_version SET version_num='0029' WHERE alembic_version.version_num = '0028';

UPDATE alembic_version SET version_num='0029' WHERE alembic_version.version_num = '0030';

UPDATE alembic_version SET version_num='0030' WHERE alembic_version.version_num = '0029';

UPDATE alembic_version SET version_num='0030' WHERE alembic_version.version_num = '0031';

UPDATE alembic_version SET version_num='0031' WHERE alembic_version.version_num = '0030';

UPDATE alembic_version SET version_num='0031' WHERE alembic_version.version_num = '0032';

UPDATE alembic_version SET version_num='0032' WHERE alembic_version.version_num = '0031';

UPDATE alembic_version SET version_num='0032' WHERE alembic_version.version_num = '0033';

UPDATE alembic_version SET version_num='0033' WHERE alembic_version.version_num = '0032';

UPDATE alembic_version SET version_num='0033' WHERE alembic_version.version_num = '0034';

UPDATE alembic_version SET version_num='0034' WHERE alembic_version.version_num = '0033';

UPDATE alembic_version SET version_num='0034' WHERE alembic_version.version_num = '0035';

UPDATE alembic_version SET version_num='0035' WHERE alembic_version.version_num = '0034';

UPDATE alembic_version SET version_num='0035' WHERE alembic_version.version_num = '0036';

UPDATE alembic_version SET version_num='0036' WHERE alembic_version.version_num = '0035';

UPDATE alembic_version SET version_num='0036' WHERE alembic_version.version_num = '0037';

UPDATE alembic_version SET version_num='0037' WHERE alembic_version.version_num = '0036';

UPDATE alembic_version SET version_num='0037' WHERE alembic_version.version_num = '0038';

UPDATE alembic_version SET version_num='0038' WHERE alembic_version.version_num = '0037';

UPDATE alembic_version SET version_num='0038' WHERE alembic_version.version_num = '0039';

UPDATE alembic_version SET version_num='0039' WHERE alembic_version.version_num = '0038';

UPDATE alembic_version SET version_num='0039' WHERE alembic_version.version_num = '0040';

UPDATE alembic_version SET version_num='0040' WHERE alembic_version.version_num = '0039';

UPDATE alembic_version SET version_num='0040' WHERE alembic_version.version_num = '0041';

UPDATE alembic_version SET version_num='0041' WHERE alembic_version.version_num = '0040';

UPDATE alembic_version SET version_num='0041' WHERE alembic_version.version_num = '0042';

UPDATE alembic_version SET version_num='0042' WHERE alembic_version.version_num = '0041';

UPDATE alembic_version SET version_num='0042' WHERE alembic_version.version_num = '0043';

UPDATE alembic_version SET version_num='0043' WHERE alembic_version.version_num = '0042';

UPDATE alembic_version SET version_num='0043' WHERE alembic_version.version_num = '0044';

UPDATE alembic_version SET version_num='0044' WHERE alembic_version.version_num = '0043';

UPDATE alembic_version SET version_num='0044' WHERE alembic_version.version_num = '0045';

UPDATE alembic_version SET version_num='0045' WHERE alembic_version.version_num = '0044';

UPDATE alembic_version SET version_num='0045' WHERE alembic_version.version_num = '0046';

UPDATE alembic_version SET version_num='0046' WHERE alembic_version.version_num = '0045';

UPDATE alembic_version SET version_num='0046' WHERE alembic_version.version_num = '0047';

UPDATE alembic_version SET version_num='0047' WHERE alembic_version.version_num = '0046';

UPDATE alembic_version SET version_num='0047' WHERE alembic_version.version_num = '0048';

UPDATE alembic_version SET version_num='0048' WHERE alembic_version.version_num = '0047';

UPDATE alembic_version SET version_num='0048' WHERE alembic_version.version_num = '0050';

UPDATE alembic_version SET version_num='0050' WHERE alembic_version.version_num = '0048';

UPDATE alembic_version SET version_num='0050' WHERE alembic_version.version_num = '0051';

UPDATE alembic_version SET version_num='0051' WHERE alembic_version.version_num = '0050';

UPDATE alembic_version SET version_num='0051' WHERE alembic_version.version_num = '0052';

UPDATE alembic_version SET version_num='0052' WHERE alembic_version.version_num = '0051';

UPDATE alembic_version SET version_num='0052' WHERE alembic_version.version_num = '0055';

UPDATE alembic_version SET version_num='0055' WHERE alembic_version.version_num = '0052';

UPDATE alembic_version SET version_num='0055' WHERE alembic_version.version_num = '0057';

UPDATE alembic_version SET version_num='0057' WHERE alembic_version.version_num = '0055';

UPDATE alembic_version SET version_num='0057' WHERE alembic_version.version_num = '0058';

UPDATE alembic_version SET version_num='0058' WHERE alembic_version.version_num = '0057';

UPDATE alembic_version SET version_num='0058' WHERE alembic_version.version_num = '0059';

UPDATE alembic_version SET version_num='0059' WHERE alembic_version.version_num = '0058';

UPDATE alembic_version SET version_num='0059' WHERE alembic_version.version_num = '0061';

UPDATE alembic_version SET version_num='0060' WHERE alembic_version.version_num = '0061';

UPDATE alembic_version SET version_num='0060' WHERE alembic_version.version_num = '0064';

UPDATE alembic_version SET version_num='0061' WHERE alembic_version.version_num = '0059';

UPDATE alembic_version SET version_num='0061' WHERE alembic_version.version_num = '0060';

UPDATE alembic_version SET version_num='0064' WHERE alembic_version.version_num = '0060';

UPDATE alembic_version SET version_num='0064' WHERE alembic_version.version_num = '0065';

UPDATE alembic_version SET version_num='0065' WHERE alembic_version.version_num = '0064';

UPDATE alembic_version SET version_num='0065' WHERE alembic_version.version_num = '0068';

UPDATE alembic_version SET version_num='0067' WHERE alembic_version.version_num = '0068';

UPDATE alembic_version SET version_num='0067' WHERE alembic_version.version_num = '0069';

UPDATE alembic_version SET version_num='0068' WHERE alembic_version.version_num = '0065';

UPDATE alembic_version SET version_num='0068' WHERE alembic_version.version_num = '0067';

UPDATE alembic_version SET version_num='0069' WHERE alembic_version.version_num = '0067';

UPDATE alembic_version SET version_num='0069' WHERE alembic_version.version_num = '0070';

UPDATE alembic_version SET version_num='0070' WHERE alembic_version.version_num = '0069';

UPDATE alembic_version SET version_num='0070' WHERE alembic_version.version_num = '0076';

UPDATE alembic_version SET version_num='0072' WHERE alembic_version.version_num = '0076';

UPDATE alembic_version SET version_num='0072' WHERE alembic_version.version_num = '0079';

UPDATE alembic_version SET version_num='0076' WHERE alembic_version.version_num = '0070';

UPDATE alembic_version SET version_num='0076' WHERE alembic_version.version_num = '0072';

UPDATE alembic_version SET version_num='0079' WHERE alembic_version.version_num = '0072';

UPDATE alembic_version SET version_num='0079' WHERE alembic_version.version_num = '0080';

UPDATE alembic_version SET version_num='0080' WHERE alembic_version.version_num = '0079';

UPDATE alembic_version SET version_num='0080' WHERE alembic_version.version_num = '0081';

UPDATE alembic_version SET version_num='0081' WHERE alembic_version.version_num = '0080';

UPDATE alembic_version SET version_num='0081' WHERE alembic_version.version_num = '0082';

UPDATE alembic_version SET version_num='0082' WHERE alembic_version.version_num = '0081';

UPDATE alembic_version SET version_num='0082' WHERE alembic_version.version_num = '0083';

UPDATE alembic_version SET version_num='0083' WHERE alembic_version.version_num = '0082';

UPDATE alembic_version SET version_num='0083' WHERE alembic_version.version_num = '0084';

UPDATE alembic_version SET version_num='0084' WHERE alembic_version.version_num = '0083';

UPDATE alembic_version SET version_num='0084' WHERE alembic_version.version_num = '0085';

UPDATE alembic_version SET version_num='0085' WHERE alembic_version.version_num = '0084';

UPDATE alembic_version SET version_num='0085' WHERE alembic_version.version_num = '0086';

UPDATE alembic_version SET version_num='0086' WHERE alembic_version.version_num = '0085';

UPDATE alembic_version SET version_num='0086' WHERE alembic_version.version_num = '0087';

UPDATE alembic_version SET version_num='0087' WHERE alembic_version.version_num = '0086';

UPDATE alembic_version SET version_num='0087' WHERE alembic_version.version_num = '0092';

UPDATE alembic_version SET version_num='0092' WHERE alembic_version.version_num = '0087';

UPDATE alembic_version SET version_num='0092' WHERE alembic_version.version_num = '0093';

UPDATE alembic_version SET version_num='0093' WHERE alembic_version.version_num = '0092';

UPDATE alembic_version SET version_num='0093' WHERE alembic_version.version_num = '0096';

UPDATE alembic_version SET version_num='0096' WHERE alembic_version.version_num = '0093';

UPDATE alembic_version SET version_num='0096' WHERE alembic_version.version_num = '0097';

UPDATE alembic_version SET version_num='0097' WHERE alembic_version.version_num = '0096';

UPDATE alembic_version SET version_num='0097' WHERE alembic_version.version_num = '0099';

UPDATE alembic_version SET version_num='0099' WHERE alembic_version.version_num = '0097';

UPDATE alembic_version SET version_num='0099' WHERE alembic_version.version_num = '0100';

UPDATE alembic_version SET version_num='0100' WHERE alembic_version.version_num = '0099';

UPDATE alembic_version SET version_num='0100' WHERE alembic_version.version_num = '0102';

UPDATE alembic_version SET version_num='0102' WHERE alembic_version.version_num = '0100';

UPDATE alembic_version SET version_num='0102' WHERE alembic_version.version_num = '0104';

UPDATE alembic_version SET version_num='0104' WHERE alembic_version.version_num = '0102';

UPDATE alembic_version SET version_num='0104' WHERE alembic_version.version_num = '0106';

UPDATE alembic_version SET version_num='0106' WHERE alembic_version.version_num = '0104';

UPDATE alembic_version SET version_num='0106' WHERE alembic_version.version_num = '0108';

UPDATE alembic_version SET version_num='0108' WHERE alembic_version.version_num = '0106';

UPDATE alembic_version SET version_num='0108' WHERE alembic_version.version_num = '0110';

UPDATE alembic_version SET version_num='0110' WHERE alembic_version.version_num = '0108';

UPDATE alembic_version SET version_num='0110' WHERE alembic_version.version_num = '0112';

UPDATE alembic_version SET version_num='0112' WHERE alembic_version.version_num = '0110';

UPDATE alembic_version SET version_num='0112' WHERE alembic_version.version_num = '0113';

UPDATE alembic_version SET version_num='0113' WHERE alembic_version.version_num = '0112';

UPDATE alembic_version SET version_num='0113' WHERE alembic_version.version_num = '0116';

UPDATE alembic_version SET version_num='0116' WHERE alembic_version.version_num = '0113';

UPDATE app_user SET body=:body WHERE app_user.id = :id_1;

UPDATE app_user SET row_seal=:row_seal WHERE app_user.id = :id_1;

UPDATE app_user SET version=:version, login=:login, living_login=:living_login, living_user_code=:living_user_code, party=:party, home=:home, kind=:kind, enabled=:enabled, deleted_at=:deleted_at, account=:account, person=:person, name_index=:name_index, phone_index=:phone_index, document_index=:document_index, row_seal=:row_seal, body=:body WHERE app_user.id = :old_id AND app_user.version = :old_version;

UPDATE approval_file SET version=:version, register=:register, position=:position, enabled=:enabled, deleted_at=:deleted_at, region=:region, department=:department, label=:label, reference_code=:reference_code, synchronised=:synchronised, added_at=:added_at, content=:content, cells=:cells, row_seal=:row_seal, body=:body WHERE approval_file.id = :old_id AND approval_file.version = :old_version;

UPDATE article SET version=:version, region=:region, title=:title, portal_column=:portal_column, kind=:kind, tags=:tags, department=:department, trade=:trade, state=:state, told_on=:told_on, summary=:summary, approvals=:approvals, returns=:returns, body=:body, row_seal=:row_seal WHERE article.id = :old_id AND article.version = :old_version;

UPDATE assoc_person SET version=:version, register=:register, position=:position, enabled=:enabled, deleted_at=:deleted_at, region=:region, department=:department, label=:label, reference_code=:reference_code, synchronised=:synchronised, added_at=:added_at, content=:content, cells=:cells, row_seal=:row_seal, body=:body WHERE assoc_person.id = :old_id AND assoc_person.version = :old_version;

UPDATE attachment SET version=:version, kind=:kind, thing=:thing, slot=:slot, gone_at=:gone_at, sealed=:sealed, content_index=:content_index, row_seal=:row_seal, body=:body WHERE attachment.id = :old_id AND attachment.version = :old_version;

UPDATE batch_seal SET id=:id, version=:version, row_seal=:row_seal, body=:body WHERE batch_seal.id = :id_1;

UPDATE batch_seal SET row_seal=:row_seal WHERE batch_seal.id = :id_1 AND batch_seal.version = :version_1;

UPDATE batch_seal SET row_seal=:row_seal, body=:body WHERE batch_seal.id = :id_1;

UPDATE batch_seal SET version=:version;

UPDATE batch_seal SET version=:version, row_seal=:row_seal, body=:body WHERE batch_seal.id = :old_id AND batch_seal.version = :old_version;

UPDATE challenge SET version=:version, row_seal=:row_seal, body=:body WHERE challenge.id = :old_id AND challenge.version = :old_version;

UPDATE check_item SET label=:label WHERE check_item.id = :id_1;

UPDATE check_item SET row_seal=:row_seal WHERE check_item.id = :id_1;

UPDATE check_item SET version=:version, code=:code, region=:region, state=:state, matter_code=:matter_code, label=:label, row_seal=:row_seal, body=:body WHERE check_item.id = :old_id AND check_item.version = :old_version;

UPDATE checklist SET created_at=:created_at WHERE checklist.id = :id_1;

UPDATE checklist SET row_seal=:row_seal WHERE checklist.id = :id_1;

UPDATE checklist SET trade=:trade, body=:body WHERE checklist.id = :id_1;

UPDATE checklist SET version=:version, code=:code, region=:region, name=:name, trade=:trade, state=:state, is_default=:is_default, pilot=:pilot, lead_department=:lead_department, joining=:joining, published=:published, item_count=:item_count, created_at=:created_at, body=:body, row_seal=:row_seal WHERE checklist.id = :old_id AND checklist.version = :old_version;

UPDATE clue SET version=:version, title=:title, channel=:channel, kind=:kind, state=:state, subject=:subject, region=:region, holder=:holder, registered_by=:registered_by, due_on=:due_on, registered_on=:registered_on, service=:service, scene=:scene, disposal=:disposal, by_staff=:by_staff, reporter_index=:reporter_index, sealed=:sealed, row_seal=:row_seal, body=:body WHERE clue.id = :old_id AND clue.version = :old_version;

UPDATE counter SET upto=(counter.upto + :taken) WHERE counter.name = :counted;

UPDATE counterpart SET version=:version, kind=:kind, row_seal=:row_seal, body=:body WHERE counterpart.id = :old_id AND counterpart.version = :old_version;

UPDATE credentials SET body=:body WHERE credentials.id = :id_1;

UPDATE credentials SET row_seal=:row_seal WHERE credentials.id = :id_1;

UPDATE credentials SET version=:version, row_seal=:row_seal, body=:body WHERE credentials.id = :old_id AND credentials.version = :old_version;

UPDATE credit_model SET version=:version, region=:region, label=:label, body=:body, row_seal=:row_seal WHERE credit_model.id = :old_id AND credit_model.version = :old_version;

UPDATE current_grade SET body=:body, code=:code WHERE current_grade.id = :id_1;

UPDATE current_grade SET row_seal=:row_seal WHERE current_grade.id = :id_1;

UPDATE current_grade SET version=:version, rule=:rule, subject=:subject, grade=:grade, grade_name=:grade_name, as_of=:as_of, risk_level=:risk_level, risk_points=:risk_points, credit_level=:credit_level, credit_points=:credit_points, region=:region, category=:category, code=:code, body=:body, row_seal=:row_seal WHERE current_grade.id = :old_id AND current_grade.version = :old_version;

UPDATE data_change SET version=:version, region=:region, sealed=:sealed, row_seal=:row_seal, body=:body WHERE data_change.id = :old_id AND data_change.version = :old_version;

UPDATE dead_letter SET version=:version, receiver=:receiver, state=:state, position=:position, row_seal=:row_seal, body=:body WHERE dead_letter.id = :old_id AND dead_letter.version = :old_version;

UPDATE department SET row_seal=:row_seal WHERE department.id = :id_1;

UPDATE department SET version=:version, name=:name, code=:code, living_code=:living_code, short_name=:short_name, line=:line, region=:region, parent=:parent, place=:place, enabled=:enabled, deleted_at=:deleted_at, row_seal=:row_seal, body=:body WHERE department.id = :old_id AND department.version = :old_version;

UPDATE document_template SET version=:version, name=:name, document=:document, region=:region, department=:department, state=:state, place=:place, enabled=:enabled, row_seal=:row_seal, body=:body WHERE document_template.id = :old_id AND document_template.version = :old_version;

UPDATE draw SET body=:body WHERE draw.id = :id_1;

UPDATE draw SET of_task=:of_task WHERE draw.id = :id_1;

UPDATE draw SET pool=:pool, body=:body WHERE draw.id = :id_1;

UPDATE draw SET pool_hash=:pool_hash, drawn_hash=:drawn_hash, body=:body WHERE draw.id = :id_1;

UPDATE draw SET row_seal=:row_seal WHERE draw.id = :id_1;

UPDATE draw SET task=:task WHERE draw.id = :id_1;

UPDATE draw SET version=:version, of_task=:of_task, state=:state, pool_hash=:pool_hash, drawn_hash=:drawn_hash, body=:body, row_seal=:row_seal WHERE draw.id = :old_id AND draw.version = :old_version;

UPDATE draw_series SET body=:body WHERE draw_series.id = :id_1;

UPDATE draw_series SET body=:body, lead=:lead, draw_year=:draw_year WHERE draw_series.id = :id_1;

UPDATE draw_series SET lead=:lead, draw_year=:draw_year, body=:body WHERE draw_series.id = :id_1;

UPDATE draw_series SET row_seal=:row_seal WHERE draw_series.id = :id_1;

UPDATE draw_series SET version=:version, lead=:lead, draw_year=:draw_year, body=:body, row_seal=:row_seal WHERE draw_series.id = :old_id AND draw_series.version = :old_version;

UPDATE draw_tree SET version=:version, body=:body, row_seal=:row_seal WHERE draw_tree.id = :old_id AND draw_tree.version = :old_version;

UPDATE evaluation_round SET counts_for=:counts_for WHERE evaluation_round.id = :id_1;

UPDATE evaluation_round SET row_seal=:row_seal WHERE evaluation_round.id = :id_1;

UPDATE evaluation_round SET version=:version, model_id=:model_id, counts_for=:counts_for, body=:body, row_seal=:row_seal WHERE evaluation_round.id = :old_id AND evaluation_round.version = :old_version;

UPDATE export_request SET version=:version, about=:about, region=:region, state=:state, purpose=:purpose, row_seal=:row_seal, body=:body WHERE export_request.id = :old_id AND export_request.version = :old_version;

UPDATE face_check SET version=:version, certify_id=:certify_id, row_seal=:row_seal, body=:body WHERE face_check.id = :old_id AND face_check.version = :old_version;

UPDATE field_device SET version=:version, owner=:owner, department=:department, row_seal=:row_seal, body=:body WHERE field_device.id = :old_id AND field_device.version = :old_version;

UPDATE field_record SET version=:version, owner=:owner, state=:state, thing=:thing, left_version=:left_version, row_seal=:row_seal, body=:body WHERE field_record.id = :old_id AND field_record.version = :old_version;

UPDATE form_draft SET version=:version, owner=:owner, sealed=:sealed, row_seal=:row_seal, body=:body WHERE form_draft.id = :old_id AND form_draft.version = :old_version;

UPDATE graded_subject SET grade=:grade WHERE graded_subject.subject_id = :subject_id_1;

UPDATE graded_subject SET record_hash=:record_hash, row_seal=:row_seal WHERE graded_subject.rule_id = :rule_id_1 AND graded_subject.as_of = :as_of_1 AND graded_subject.subject_id = :subject_id_1;

UPDATE graded_subject SET row_seal=:row_seal WHERE graded_subject.rule_id = :rule_id_1 AND graded_subject.as_of = :as_of_1 AND graded_subject.subject_id = :subject_id_1;

UPDATE graded_subject SET row_seal=:row_seal WHERE graded_subject.subject_id = :subject_id_1;

UPDATE graded_subject SET rule_id=:rule_id, as_of=:as_of, subject_id=:subject_id, grade=:grade, risk_level=:risk_level, credit_level=:credit_level, "record"=:record, record_hash=:record_hash, row_seal=:row_seal WHERE graded_subject.subject_id = :subject_id_1;

UPDATE grading_rule SET label=:label WHERE grading_rule.id = :id_1;

UPDATE grading_rule SET row_seal=:row_seal WHERE grading_rule.id = :id_1;

UPDATE grading_rule SET version=:version, region=:region, label=:label, body=:body, row_seal=:row_seal WHERE grading_rule.id = :old_id AND grading_rule.version = :old_version;

UPDATE grant_sheet SET version=:version, row_seal=:row_seal, body=:body WHERE grant_sheet.id = :old_id AND grant_sheet.version = :old_version;

UPDATE guess_limit SET version=:version, row_seal=:row_seal, body=:body WHERE guess_limit.id = :old_id AND guess_limit.version = :old_version;

UPDATE handbook SET version=:version, region=:region, name=:name, trade=:trade, scene=:scene, department=:department, state=:state, position=:position, batch=:batch, changed_on=:changed_on, changed_by=:changed_by, line=:line, body=:body, row_seal=:row_seal WHERE handbook.id = :old_id AND handbook.version = :old_version;

UPDATE handbook_reading SET reads=(handbook_reading.reads + :reads_1) WHERE handbook_reading.handbook_id = :handbook_id_1 AND handbook_reading.channel = :channel_1 AND handbook_reading.read_on = :read_on_1;

UPDATE institution SET row_seal=:row_seal WHERE institution.id = :id_1;

UPDATE institution SET version=:version, register=:register, position=:position, enabled=:enabled, deleted_at=:deleted_at, region=:region, department=:department, label=:label, reference_code=:reference_code, synchronised=:synchronised, added_at=:added_at, content=:content, cells=:cells, row_seal=:row_seal, body=:body WHERE institution.id = :old_id AND institution.version = :old_version;

UPDATE job SET version=:version, author=:author, state=:state, sealed=:sealed, row_seal=:row_seal, body=:body WHERE job.id = :old_id AND job.version = :old_version;

UPDATE law SET version=:version, title=:title, kind=:kind, issuer=:issuer, promulgated_on=:promulgated_on, in_force_from=:in_force_from, in_force_until=:in_force_until, state=:state, region=:region, department=:department, provision_count=:provision_count, changed_at=:changed_at, row_seal=:row_seal, body=:body WHERE law.id = :old_id AND law.version = :old_version;

UPDATE log_in SET version=:version, row_seal=:row_seal, body=:body WHERE log_in.id = :old_id AND log_in.version = :old_version;

UPDATE log_in_session SET body=:body WHERE log_in_session.id = :id_1;

UPDATE log_in_session SET row_seal=:row_seal WHERE log_in_session.id = :id_1;

UPDATE log_in_session SET version=:version, owner=:owner, ended_at=:ended_at, row_seal=:row_seal, body=:body WHERE log_in_session.id = :old_id AND log_in_session.version = :old_version;

UPDATE notice SET version=:version, owner=:owner, state=:state, made_at=:made_at, sealed=:sealed, row_seal=:row_seal, body=:body WHERE notice.id = :old_id AND notice.version = :old_version;

UPDATE officer SET document_index=:document_index, account=:account WHERE officer.id = :id_1;

UPDATE officer SET phone=:phone, sex=:sex WHERE officer.id = :id_1;

UPDATE officer SET row_seal=:row_seal WHERE officer.id = :id_1;

UPDATE officer SET version=:version, name=:name, department=:department, region=:region, state=:state, employer=:employer, certificate=:certificate, phone_index=:phone_index, document_index=:document_index, account=:account, phone=:phone, sex=:sex, extras=:extras, sealed=:sealed, row_seal=:row_seal, body=:body WHERE officer.id = :old_id AND officer.version = :old_version;

UPDATE partner_licence SET version=:version, register=:register, position=:position, enabled=:enabled, deleted_at=:deleted_at, region=:region, department=:department, label=:label, reference_code=:reference_code, synchronised=:synchronised, added_at=:added_at, content=:content, cells=:cells, row_seal=:row_seal, body=:body WHERE partner_licence.id = :old_id AND partner_licence.version = :old_version;

UPDATE partner_person SET version=:version, register=:register, position=:position, enabled=:enabled, deleted_at=:deleted_at, region=:region, department=:department, label=:label, reference_code=:reference_code, synchronised=:synchronised, added_at=:added_at, content=:content, cells=:cells, row_seal=:row_seal, body=:body WHERE partner_person.id = :old_id AND partner_person.version = :old_version;

UPDATE phone_change SET version=:version, sealed=:sealed, row_seal=:row_seal, body=:body WHERE phone_change.id = :old_id AND phone_change.version = :old_version;

UPDATE phone_notice SET version=:version, made_at=:made_at, sent_at=:sent_at, sealed=:sealed, row_seal=:row_seal, body=:body WHERE phone_notice.id = :old_id AND phone_notice.version = :old_version;

UPDATE plan SET code=:code, starts_on=:starts_on, ends_on=:ends_on WHERE plan.id = :id_1;

UPDATE plan SET row_seal=:row_seal WHERE plan.id = :id_1;

UPDATE plan SET version=:version, code=:code, name=:name, scene=:scene, plan_year=:plan_year, region=:region, lead_department=:lead_department, state=:state, joining=:joining, starts_on=:starts_on, ends_on=:ends_on, sub_plan_count=:sub_plan_count, row_seal=:row_seal, body=:body WHERE plan.id = :old_id AND plan.version = :old_version;

UPDATE preferences SET version=:version, row_seal=:row_seal, body=:body WHERE preferences.id = :old_id AND preferences.version = :old_version;

UPDATE proposal SET version=:version, region=:region, sealed=:sealed, row_seal=:row_seal, body=:body WHERE proposal.id = :old_id AND proposal.version = :old_version;

UPDATE publication SET version=:version, task=:task, subject=:subject, name=:name, credit_code=:credit_code, scene=:scene, region=:region, state=:state, formed_on=:formed_on, due_on=:due_on, until=:until, body=:body, row_seal=:row_seal WHERE publication.id = :old_id AND publication.version = :old_version;

UPDATE rectification SET version=:version, code=:code, visit=:visit, task=:task, subject=:subject, region=:region, department=:department, state=:state, is_open=:is_open, due_on=:due_on, sealed=:sealed, body=:body, row_seal=:row_seal WHERE rectification.id = :old_id AND rectification.version = :old_version;

UPDATE region SET version=:version, position=:position, enabled=:enabled, deleted_at=:deleted_at, content=:content, search=:search, code=:code, parent=:parent, row_seal=:row_seal, body=:body WHERE region.id = :old_id AND region.version = :old_version;

UPDATE register_entry SET reference_code=:reference_code, added_at=:added_at WHERE register_entry.id = :id_1;

UPDATE register_entry SET row_seal=:row_seal WHERE register_entry.id = :id_1;

UPDATE register_entry SET version=:version, register=:register, position=:position, enabled=:enabled, deleted_at=:deleted_at, region=:region, department=:department, label=:label, reference_code=:reference_code, synchronised=:synchronised, added_at=:added_at, content=:content, cells=:cells, row_seal=:row_seal, body=:body WHERE register_entry.id = :old_id AND register_entry.version = :old_version;

UPDATE registration_change SET version=:version, region=:region, row_seal=:row_seal, body=:body WHERE registration_change.id = :old_id AND registration_change.version = :old_version;

UPDATE review SET version=:version, visit=:visit, task=:task, region=:region, department=:department, done=:done, body=:body, row_seal=:row_seal WHERE review.id = :old_id AND review.version = :old_version;

UPDATE risk_model SET label=:label WHERE risk_model.id = :id_1;

UPDATE risk_model SET row_seal=:row_seal WHERE risk_model.id = :id_1;

UPDATE risk_model SET version=:version, region=:region, label=:label, body=:body, row_seal=:row_seal WHERE risk_model.id = :old_id AND risk_model.version = :old_version;

UPDATE safe SET body=:body WHERE safe.id = :id_1;

UPDATE safe SET contents=:contents WHERE safe.id = :id_1;

UPDATE safe SET due=:due WHERE safe.id = :id_1;

UPDATE safe SET fragile=:fragile WHERE safe.id = :id_1;

UPDATE safe SET mark=:mark WHERE safe.id = :id_1;

UPDATE safe SET note_index=:note_index WHERE safe.id = :id_1;

UPDATE safe SET row_seal=:row_seal WHERE safe.id = :id_1;

UPDATE safe SET sealed=:sealed WHERE safe.id = :id_1;

UPDATE safe SET sealed=:sealed, contents=:contents, note_index=:note_index, row_seal=:row_seal WHERE safe.id = :id_1;

UPDATE safe SET title=:title WHERE safe.id = :id_1;

UPDATE safe SET version=:version WHERE safe.id = :id_1;

UPDATE safe SET version=:version, title=:title, sealed=:sealed, contents=:contents, note_index=:note_index, mark=:mark, weight=:weight, fragile=:fragile, due=:due, body=:body, row_seal=:row_seal WHERE safe.id = :id_1;

UPDATE safe SET weight=:weight WHERE safe.id = :id_1;

UPDATE scene SET row_seal=:row_seal WHERE scene.id = :id_1;

UPDATE scene SET sort=:sort, body=:body WHERE scene.id = :id_1;

UPDATE scene SET tags=:tags WHERE scene.id = :id_1;

UPDATE scene SET version=:version, code=:code, region=:region, name=:name, sort=:sort, state=:state, published_at=:published_at, lead_department=:lead_department, joining=:joining, tags=:tags, row_seal=:row_seal, body=:body WHERE scene.id = :old_id AND scene.version = :old_version;

UPDATE second_person_request SET version=:version, asked_by=:asked_by, about=:about, state=:state, lapses_at=:lapses_at, sealed=:sealed, row_seal=:row_seal, body=:body WHERE second_person_request.id = :old_id AND second_person_request.version = :old_version;

UPDATE served_letter SET version=:version, code=:code, rectification=:rectification, task=:task, subject=:subject, region=:region, department=:department, channel=:channel, state=:state, link=:link, made_at=:made_at, opened_at=:opened_at, sealed=:sealed, body=:body, row_seal=:row_seal WHERE served_letter.id = :old_id AND served_letter.version = :old_version;

UPDATE source_limit SET version=:version, row_seal=:row_seal, body=:body WHERE source_limit.id = :old_id AND source_limit.version = :old_version;

UPDATE staged_file SET version=:version, owner=:owner, begun_at=:begun_at, byte_count=:byte_count, sealed=:sealed, row_seal=:row_seal, body=:body WHERE staged_file.id = :old_id AND staged_file.version = :old_version;

UPDATE standard_material SET version=:version, region=:region, code=:code, name=:name, enabled=:enabled, row_seal=:row_seal, body=:body WHERE standard_material.id = :old_id AND standard_material.version = :old_version;

UPDATE station_message SET unread=:unread, read_at=:read_at WHERE station_message.owner = :owner_1 AND station_message.unread = true;

UPDATE station_message SET unread=:unread, read_at=:read_at WHERE station_message.owner = :owner_1 AND station_message.unread = true AND station_message.id IN (__[POSTCOMPILE_id_1]);

UPDATE subject SET body=:body WHERE subject.id = :id_1;

UPDATE subject SET body=:body, extras=:extras WHERE subject.id = :id_1;

UPDATE subject SET id=:id, version=:version, kind=:kind, name=:name, code=:code, region=:region, city=:city, status=:status, industry=:industry, category=:category, principal=:principal, doubtful=:doubtful, deleted=:deleted, shared=:shared, tags=:tags, extras=:extras, sealed=:sealed, code_index=:code_index, principal_index=:principal_index, row_seal=:row_seal, body=:body WHERE subject.id = :id_1;

UPDATE subject SET principal=:principal, principal_index=:principal_index WHERE subject.id = :id_1;

UPDATE subject SET region=:region WHERE subject.id = :id_1;

UPDATE subject SET row_seal=:row_seal WHERE subject.id = :id_1;

UPDATE subject SET sealed=:sealed, code_index=:code_index, principal_index=:principal_index, row_seal=:row_seal WHERE subject.id = :id_1 AND subject.version = :version_1;

UPDATE subject SET version=:version, kind=:kind, name=:name, code=:code, region=:region, city=:city, status=:status, industry=:industry, category=:category, principal=:principal, doubtful=:doubtful, deleted=:deleted, shared=:shared, tags=:tags, extras=:extras, sealed=:sealed, code_index=:code_index, principal_index=:principal_index, row_seal=:row_seal, body=:body WHERE subject.id = :old_id AND subject.version = :old_version;

UPDATE subject_fact SET int_value=:int_value WHERE subject_fact.subject_id = :subject_id_1;

UPDATE subject_fact SET row_seal=:row_seal WHERE subject_fact.subject_id = :subject_id_1;

UPDATE subject_fact SET row_seal=:row_seal WHERE subject_fact.subject_id = :subject_id_1 AND subject_fact.name = :name_1 AND subject_fact.known_on = :known_on_1 AND subject_fact.source = :source_1;

UPDATE subject_fact SET subject_id=:subject_id, name=:name, known_on=:known_on, source=:source, recorded=:recorded, form=:form, int_value=:int_value, code_value=:code_value, row_seal=:row_seal WHERE subject_fact.subject_id = :subject_id_1;

UPDATE subject_statement SET penalties_3y=:penalties_3y WHERE subject_statement.subject_id = :subject_id_1;

UPDATE subject_statement SET row_seal=:row_seal WHERE subject_statement.subject_id = :subject_id_1;

UPDATE subject_statement SET row_seal=:row_seal WHERE subject_statement.subject_id = :subject_id_1 AND subject_statement.recorded = :recorded_1;

UPDATE subject_statement SET subject_id=:subject_id, recorded=:recorded, known_on=:known_on, source=:source, registered_capital=:registered_capital, shareholders=:shareholders, outside_investments=:outside_investments, branches=:branches, established_on=:established_on, entity_type=:entity_type, licences=:licences, licence_expires_on=:licence_expires_on, paid_in_capital_share=:paid_in_capital_share, representative_changes_3y=:representative_changes_3y, name_changes_3y=:name_changes_3y, domicile_changes_3y=:domicile_changes_3y, scope_changes_3y=:scope_changes_3y, loss_years_3y=:loss_years_3y, debt_ratio=:debt_ratio, in_liquidation=:in_liquidation, insured_staff=:insured_staff, staff=:staff, tax_paid_1y=:tax_paid_1y, tax_in_arrears=:tax_in_arrears, share_freezes_3y=:share_freezes_3y, abnormal_listed=:abnormal_listed, abnormal_listings_3y=:abnormal_listings_3y, dishonesty_listed=:dishonesty_listed, judgment_defaulter=:judgment_defaulter, credit_repaired=:credit_repaired, penalties_3y=:penalties_3y, penalty_amount_3y=:penalty_amount_3y, lawsuits_3y=:lawsuits_3y, complaints_1y=:complaints_1y, bad_press_1m=:bad_press_1m, accidents_3y=:accidents_3y, sampling_failures_1y=:sampling_failures_1y, major_hazard_source=:major_hazard_source, liability_insured=:liability_insured, quality_deposit_paid=:quality_deposit_paid, fraud_alerts_1y=:fraud_alerts_1y, row_seal=:row_seal WHERE subject_statement.subject_id = :subject_id_1;

UPDATE synchronisation SET version=:version, row_seal=:row_seal, body=:body WHERE synchronisation.id = :old_id AND synchronisation.version = :old_version;

UPDATE tag SET version=:version, name=:name, region=:region, enabled=:enabled, row_seal=:row_seal, body=:body WHERE tag.id = :old_id AND tag.version = :old_version;

UPDATE task SET checklist=:checklist, task_year=:task_year WHERE task.id = :id_1;

UPDATE task SET confirm_by=:confirm_by, confirmed_on=:confirmed_on WHERE task.id = :id_1;

UPDATE task SET row_seal=:row_seal WHERE task.id = :id_1;

UPDATE task SET version=:version, code=:code, name=:name, scene=:scene, plan=:plan, kind=:kind, state=:state, region=:region, lead_department=:lead_department, starts_on=:starts_on, ends_on=:ends_on, checklist=:checklist, task_year=:task_year, created_at=:created_at, dispatched_at=:dispatched_at, confirm_by=:confirm_by, confirmed_on=:confirmed_on, body=:body, row_seal=:row_seal WHERE task.id = :old_id AND task.version = :old_version;

UPDATE task_department SET code=:number WHERE task_department.task_id = :owned;

UPDATE team SET label=:label WHERE team.id = :id_1;

UPDATE team SET row_seal=:row_seal WHERE team.id = :id_1;

UPDATE team SET version=:version, region=:region, leader=:leader, deleted=:deleted, label=:label, row_seal=:row_seal, body=:body WHERE team.id = :old_id AND team.version = :old_version;

UPDATE term_warning SET version=:version, kind=:kind, state=:state, task=:task, department=:department, lead=:lead, region=:region, due_on=:due_on, body=:body, row_seal=:row_seal WHERE term_warning.id = :old_id AND term_warning.version = :old_version;

UPDATE transfer SET body=:body, task=:task, scene=:scene WHERE transfer.id = :id_1;

UPDATE transfer SET row_seal=:row_seal WHERE transfer.id = :id_1;

UPDATE transfer SET version=:version, reason=:reason, kind=:kind, state=:state, visit=:visit, subject=:subject, region=:region, department=:department, receiver=:receiver, task=:task, scene=:scene, body=:body, row_seal=:row_seal WHERE transfer.id = :old_id AND transfer.version = :old_version;

UPDATE unscheduled_run SET version=:version, rule=:rule, as_of=:as_of, body=:body, row_seal=:row_seal WHERE unscheduled_run.id = :old_id AND unscheduled_run.version = :old_version;

UPDATE visit SET lead=:lead, starts_on=:starts_on, assisted=:assisted WHERE visit.id = :id_1;

UPDATE visit SET place_proof=:place_proof WHERE visit.id = :id_1;

UPDATE visit SET row_seal=:row_seal WHERE visit.id = :id_1;

UPDATE visit SET sealed=:sealed, row_seal=:row_seal WHERE visit.id = :id_1 AND visit.version = :version_1;

UPDATE visit SET version=:version, code=:code, task=:task, subject=:subject, region=:region, state=:state, is_open=:is_open, due_on=:due_on, formed_on=:formed_on, cap_year=:cap_year, findings=:findings, key_findings=:key_findings, obstructed=:obstructed, unreachable=:unreachable, lead=:lead, starts_on=:starts_on, assisted=:assisted, place_proof=:place_proof, sealed=:sealed, body=:body, row_seal=:row_seal WHERE visit.id = :old_id AND visit.version = :old_version;

UPDATE visit_department SET code=:number WHERE visit_department.visit_id = :owned;

UPDATE visit_rating SET version=:version, department=:department, rated_on=:rated_on, lawful=:lawful, courteous=:courteous, helpful=:helpful, body=:body, row_seal=:row_seal WHERE visit_rating.id = :old_id AND visit_rating.version = :old_version;
