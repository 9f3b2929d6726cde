DELETE FROM batch_seal WHERE batch_seal.id = :id_1::VARCHAR;

DELETE FROM checklist_department WHERE checklist_department.checklist_id = :owned_by::VARCHAR;

DELETE FROM checklist_department WHERE checklist_department.checklist_id IN (__[POSTCOMPILE_checklist_id_1]);

DELETE FROM clue_department WHERE clue_department.clue_id = :owned_by::VARCHAR;

DELETE FROM clue_department WHERE clue_department.clue_id IN (__[POSTCOMPILE_clue_id_1]);

DELETE FROM credentials WHERE credentials.id LIKE :id_1::VARCHAR;

DELETE FROM credentials_certificate WHERE credentials_certificate.credentials_id = :owned_by::VARCHAR;

DELETE FROM credentials_certificate WHERE credentials_certificate.credentials_id IN (__[POSTCOMPILE_credentials_id_1]);

DELETE FROM department_administrator WHERE department_administrator.department_id = :owned_by::VARCHAR;

DELETE FROM department_administrator WHERE department_administrator.department_id IN (__[POSTCOMPILE_department_id_1]);

DELETE FROM graded_subject WHERE graded_subject.row_seal = :row_seal_1::VARCHAR;

DELETE FROM graded_subject WHERE graded_subject.rule_id = :rule_id_1::VARCHAR AND graded_subject.as_of = :as_of_1::DATE AND graded_subject.subject_id IN (__[POSTCOMPILE_subject_id_1]) AND graded_subject.row_seal IN (__[POSTCOMPILE_row_seal_1]);

DELETE FROM graded_subject WHERE graded_subject.subject_id IN (__[POSTCOMPILE_subject_id_1]);

DELETE FROM grant_holding WHERE grant_holding.kind = :kind_1::VARCHAR;

DELETE FROM grant_holding WHERE grant_holding.sheet_id = :owned_by::VARCHAR;

DELETE FROM grant_holding WHERE grant_holding.sheet_id IN (__[POSTCOMPILE_sheet_id_1]);

DELETE FROM officer_certificate WHERE officer_certificate.officer_id = :owned_by::VARCHAR;

DELETE FROM officer_certificate WHERE officer_certificate.officer_id IN (__[POSTCOMPILE_officer_id_1]);

DELETE FROM outbox WHERE outbox.position = :gone::BIGINT;

DELETE FROM region_cell WHERE region_cell.entry_id = :owned_by::VARCHAR;

DELETE FROM region_cell WHERE region_cell.entry_id IN (__[POSTCOMPILE_entry_id_1]);

DELETE FROM risk_result;

DELETE FROM scene_department WHERE scene_department.scene_id = :owned_by::VARCHAR;

DELETE FROM scene_department WHERE scene_department.scene_id IN (__[POSTCOMPILE_scene_id_1]);

DELETE FROM subject_department WHERE subject_department.subject_id = :owned_by::VARCHAR;

DELETE FROM subject_department WHERE subject_department.subject_id IN (__[POSTCOMPILE_subject_id_1]);

DELETE FROM subject_fact WHERE subject_fact.form = :form_1::VARCHAR AND subject_fact.name IN (__[POSTCOMPILE_name_1]) OR subject_fact.form = :form_2::VARCHAR AND subject_fact.name IN (__[POSTCOMPILE_name_2]) OR subject_fact.name IN (__[POSTCOMPILE_name_3]) AND subject_fact.form = :form_3::VARCHAR AND subject_fact.code_value IS NOT NULL;

DELETE FROM subject_fact WHERE subject_fact.row_seal = :row_seal_1::VARCHAR;

DELETE FROM subject_fact WHERE subject_fact.subject_id = :subject::VARCHAR AND subject_fact.name = :fact::VARCHAR AND subject_fact.known_on = :day::DATE AND subject_fact.source = :origin::VARCHAR AND subject_fact.row_seal = :batch::VARCHAR;

DELETE FROM subject_fact WHERE subject_fact.subject_id IN (__[POSTCOMPILE_subject_id_1]);

DELETE FROM subject_statement WHERE subject_statement.row_seal = :row_seal_1::VARCHAR;

DELETE FROM subject_statement WHERE subject_statement.subject_id = :subject::VARCHAR AND subject_statement.recorded = :place::BIGINT;

DELETE FROM subject_statement WHERE subject_statement.subject_id IN (__[POSTCOMPILE_subject_id_1]);

DELETE FROM subject_tag WHERE subject_tag.subject_id = :owned_by::VARCHAR;

DELETE FROM subject_tag WHERE subject_tag.subject_id IN (__[POSTCOMPILE_subject_id_1]);

DELETE FROM task_department WHERE task_department.task_id = :owned_by::VARCHAR;

DELETE FROM task_department WHERE task_department.task_id IN (__[POSTCOMPILE_task_id_1]);

DELETE FROM team_member WHERE team_member.team_id = :owned_by::VARCHAR;

DELETE FROM team_member WHERE team_member.team_id IN (__[POSTCOMPILE_team_id_1]);

DELETE FROM user_department WHERE user_department.user_id = :owned_by::VARCHAR;

DELETE FROM user_department WHERE user_department.user_id IN (__[POSTCOMPILE_user_id_1]);

DELETE FROM visit_department WHERE visit_department.visit_id = :owned_by::VARCHAR;

DELETE FROM visit_department WHERE visit_department.visit_id IN (__[POSTCOMPILE_visit_id_1]);

DELETE FROM visit_officer WHERE visit_officer.visit_id = :owned_by::VARCHAR;

DELETE FROM visit_officer WHERE visit_officer.visit_id IN (__[POSTCOMPILE_visit_id_1]);

INSERT INTO access_group (id, version, name, department, enabled, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :name::VARCHAR, :department::VARCHAR, :enabled, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO access_role (id, version, name, department, enabled, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :name::VARCHAR, :department::VARCHAR, :enabled, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO app_user (id, version, login, living_login, living_user_code, party, home, kind, enabled, deleted_at, account, person, name_index, phone_index, document_index, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :login::VARCHAR, :living_login::VARCHAR, :living_user_code::VARCHAR, :party::VARCHAR, :home::VARCHAR, :kind::VARCHAR, :enabled, :deleted_at::TIMESTAMP WITHOUT TIME ZONE, :account::VARCHAR, :person::VARCHAR, :name_index::VARCHAR, :phone_index::VARCHAR, :document_index::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO association (id, version, region, sealed, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :region::VARCHAR, :sealed::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO audit_checkpoint (tree_size, log_id, root, made_at, previous, frontier, signature) VALUES (:tree_size::BIGINT, :log_id::VARCHAR, :root::VARCHAR, :made_at::TIMESTAMP WITHOUT TIME ZONE, :previous::VARCHAR, :frontier::VARCHAR, :signature::VARCHAR);

INSERT INTO audit_cosignature (tree_size, witness, made_at, signature) VALUES (:tree_size::BIGINT, :witness::VARCHAR, :made_at::TIMESTAMP WITHOUT TIME ZONE, :signature::VARCHAR);

INSERT INTO audit_row (position, happened_at, actor, department, action, outcome, request, targets, note, leaf) VALUES (:position::BIGINT, :happened_at::TIMESTAMP WITHOUT TIME ZONE, :actor::VARCHAR, :department::VARCHAR, :action::VARCHAR, :outcome::VARCHAR, :request::VARCHAR, :targets::VARCHAR, :note::VARCHAR, :leaf::VARCHAR);

INSERT INTO audit_segment (first_row, upto, file_name, digest, made_at) VALUES (:first_row::BIGINT, :upto::BIGINT, :file_name::VARCHAR, :digest::VARCHAR, :made_at::TIMESTAMP WITHOUT TIME ZONE);

INSERT INTO batch_seal (id, version, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO category (id, version, name, region, parent, deleted, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :name::VARCHAR, :region::VARCHAR, :parent::VARCHAR, :deleted, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO challenge (id, version, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO check_cap (department, most) VALUES (:department::VARCHAR, :most::BIGINT);

INSERT INTO check_item (id, version, code, region, state, matter_code, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :code::VARCHAR, :region::VARCHAR, :state::VARCHAR, :matter_code::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO checklist (id, version, code, region, name, trade, state, is_default, lead_department, joining, published, item_count, body, row_seal) VALUES (:id::VARCHAR, :version::BIGINT, :code::VARCHAR, :region::VARCHAR, :name::VARCHAR, :trade::VARCHAR, :state::VARCHAR, :is_default, :lead_department::VARCHAR, :joining::VARCHAR, :published::BIGINT, :item_count::BIGINT, :body::VARCHAR, :row_seal::VARCHAR);

INSERT INTO checklist_department (checklist_id, department) VALUES (:checklist_id::VARCHAR, :department::VARCHAR);

INSERT INTO clue (id, version, title, channel, kind, state, subject, region, holder, due_on, sealed, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :title::VARCHAR, :channel::VARCHAR, :kind::VARCHAR, :state::VARCHAR, :subject::VARCHAR, :region::VARCHAR, :holder::VARCHAR, :due_on::DATE, :sealed::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO clue_department (clue_id, department) VALUES (:clue_id::VARCHAR, :department::VARCHAR);

INSERT INTO counter (name, upto) VALUES (:name::VARCHAR, :upto::BIGINT);

INSERT INTO counterpart (id, version, kind, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :kind::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO credentials (id, version, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO credentials_certificate (credentials_id, thumbprint) VALUES (:credentials_id::VARCHAR, :thumbprint::VARCHAR);

INSERT INTO credit_model (id, version, region, body, row_seal) VALUES (:id::VARCHAR, :version::BIGINT, :region::VARCHAR, :body::VARCHAR, :row_seal::VARCHAR);

INSERT INTO department (id, version, name, code, living_code, region, parent, place, enabled, deleted_at, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :name::VARCHAR, :code::VARCHAR, :living_code::VARCHAR, :region::VARCHAR, :parent::VARCHAR, :place::BIGINT, :enabled, :deleted_at::TIMESTAMP WITHOUT TIME ZONE, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO department_administrator (department_id, user_id) VALUES (:department_id::VARCHAR, :user_id::VARCHAR);

INSERT INTO directory_change (position, kind, changed, change, happened_at) VALUES (:position::BIGINT, :kind::VARCHAR, :changed::VARCHAR, :change::VARCHAR, :happened_at::TIMESTAMP WITHOUT TIME ZONE);

INSERT INTO document_template (id, version, document, region, department, state, place, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :document::VARCHAR, :region::VARCHAR, :department::VARCHAR, :state::VARCHAR, :place::BIGINT, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO done_command (actor, request_key, action, request, answer) VALUES (:actor::VARCHAR, :request_key::VARCHAR, :action::VARCHAR, :request::VARCHAR, :answer::VARCHAR);

INSERT INTO draw (id, version, task, state, pool, body, row_seal) VALUES (:id::VARCHAR, :version::BIGINT, :task::VARCHAR, :state::VARCHAR, :pool::VARCHAR, :body::VARCHAR, :row_seal::VARCHAR);

INSERT INTO draw (id, version, task, state, pool_hash, body, row_seal) VALUES (:id::VARCHAR, :version::BIGINT, :task::VARCHAR, :state::VARCHAR, :pool_hash::VARCHAR, :body::VARCHAR, :row_seal::VARCHAR);

INSERT INTO draw_pool (pool_hash, part_number, content) VALUES (:pool_hash::VARCHAR, :part_number::BIGINT, :content);

INSERT INTO evaluation_round (id, version, model_id, body, row_seal) VALUES (:id::VARCHAR, :version::BIGINT, :model_id::VARCHAR, :body::VARCHAR, :row_seal::VARCHAR);

INSERT INTO export_request (id, version, about, region, state, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :about::VARCHAR, :region::VARCHAR, :state::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO face_check (id, version, certify_id, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :certify_id::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO graded_subject (rule_id, as_of, subject_id, grade, risk_level, credit_level, record, record_hash, row_seal) VALUES (:rule_id::VARCHAR, :as_of::DATE, :subject_id::VARCHAR, :grade::BIGINT, :risk_level::VARCHAR, :credit_level::VARCHAR, :record::VARCHAR, :record_hash::VARCHAR, :row_seal::VARCHAR);

INSERT INTO grading_rule (id, version, region, body, row_seal) VALUES (:id::VARCHAR, :version::BIGINT, :region::VARCHAR, :body::VARCHAR, :row_seal::VARCHAR);

INSERT INTO grant_holding (sheet_id, kind, held, holder) VALUES (:sheet_id::VARCHAR, :kind::VARCHAR, :held::VARCHAR, :holder::VARCHAR);

INSERT INTO grant_sheet (id, version, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO guess_limit (id, version, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO institution (id, version, region, sealed, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :region::VARCHAR, :sealed::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO key_mark (name, key_version, mark) VALUES (:name::VARCHAR, :key_version::BIGINT, :mark::VARCHAR);

INSERT INTO law (id, version, title, in_force_from, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :title::VARCHAR, :in_force_from::DATE, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO log_in (id, version, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO log_in_session (id, version, owner, ended_at, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :owner::VARCHAR, :ended_at::TIMESTAMP WITHOUT TIME ZONE, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO notice (id, version, owner, state, made_at, sealed, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :owner::VARCHAR, :state::VARCHAR, :made_at::TIMESTAMP WITHOUT TIME ZONE, :sealed::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO officer (id, version, name, department, region, state, employer, certificate, phone_index, sealed, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :name::VARCHAR, :department::VARCHAR, :region::VARCHAR, :state::VARCHAR, :employer::VARCHAR, :certificate::VARCHAR, :phone_index::VARCHAR, :sealed::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO officer_certificate (officer_id, code) VALUES (:officer_id::VARCHAR, :code::VARCHAR);

INSERT INTO outbox (position, name, happened_at, facts) VALUES (:position::BIGINT, :name::VARCHAR, :happened_at::TIMESTAMP WITHOUT TIME ZONE, :facts::VARCHAR);

INSERT INTO phone_change (id, version, sealed, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :sealed::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO phone_notice (id, version, made_at, sent_at, sealed, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :made_at::TIMESTAMP WITHOUT TIME ZONE, :sent_at::TIMESTAMP WITHOUT TIME ZONE, :sealed::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO plan (id, version, name, scene, plan_year, region, lead_department, state, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :name::VARCHAR, :scene::VARCHAR, :plan_year::BIGINT, :region::VARCHAR, :lead_department::VARCHAR, :state::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO publication (id, version, task, subject, region, state, formed_on, due_on, until, body, row_seal) VALUES (:id::VARCHAR, :version::BIGINT, :task::VARCHAR, :subject::VARCHAR, :region::VARCHAR, :state::VARCHAR, :formed_on::DATE, :due_on::DATE, :until::DATE, :body::VARCHAR, :row_seal::VARCHAR);

INSERT INTO rectification (id, version, code, visit, task, subject, region, department, state, is_open, due_on, sealed, body, row_seal) VALUES (:id::VARCHAR, :version::BIGINT, :code::VARCHAR, :visit::VARCHAR, :task::VARCHAR, :subject::VARCHAR, :region::VARCHAR, :department::VARCHAR, :state::VARCHAR, :is_open, :due_on::DATE, :sealed::VARCHAR, :body::VARCHAR, :row_seal::VARCHAR);

INSERT INTO region (id, version, position, enabled, deleted_at, content, search, code, parent, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :position::BIGINT, :enabled, :deleted_at::TIMESTAMP WITHOUT TIME ZONE, :content::VARCHAR, :search::VARCHAR, :code::VARCHAR, :parent::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO region_cell (entry_id, name, digest, living) VALUES (:entry_id::VARCHAR, :name::VARCHAR, :digest::VARCHAR, :living::VARCHAR);

INSERT INTO review (id, version, visit, task, body, row_seal) VALUES (:id::VARCHAR, :version::BIGINT, :visit::VARCHAR, :task::VARCHAR, :body::VARCHAR, :row_seal::VARCHAR);

INSERT INTO risk_model (id, version, region, body, row_seal) VALUES (:id::VARCHAR, :version::BIGINT, :region::VARCHAR, :body::VARCHAR, :row_seal::VARCHAR);

INSERT INTO risk_result (subject_id, level, total, faults, p_fines) SELECT placed.subject, CASE WHEN (placed.faults > 0) THEN NULL WHEN (placed.position = 0) THEN :param_1::VARCHAR WHEN (placed.position = 1) THEN :param_2::VARCHAR ELSE NULL END AS level, CASE WHEN (placed.faults > 0) THEN NULL ELSE placed.total END AS total, placed.faults, placed.p_fines
FROM (SELECT measured.subject AS subject, measured.p_fines AS p_fines, measured.faults AS faults, measured.total AS total, CASE WHEN (measured.total < 500) THEN 0 ELSE 1 END AS position
FROM (SELECT scored.subject AS subject, scored.p_fines AS p_fines, scored.faults AS faults, CASE WHEN (scored.p_fines IS NULL) THEN 0 ELSE scored.p_fines END AS total
FROM (SELECT facts.subject AS subject, CASE WHEN (facts.fines IS NULL) THEN NULL WHEN (facts.fines < 1) THEN 0 WHEN (facts.fines < 5) THEN 600 ELSE 1200 END AS p_fines, 0 AS faults
FROM (SELECT facts_of_subjects.subject AS subject, CAST(facts_of_subjects.fines AS BIGINT) AS fines
FROM (SELECT subject.id AS subject, wide.fines AS fines
FROM subject LEFT OUTER JOIN (SELECT marked.subject_id AS subject_id, max(CASE WHEN (marked.place = marked.last_0) THEN marked.fines END) AS fines
FROM (SELECT placed.subject_id AS subject_id, placed.place AS place, placed.fines AS fines, max(CASE WHEN (placed.fines IS NOT NULL) THEN placed.place END) OVER (PARTITION BY placed.subject_id) AS last_0
FROM (SELECT said.subject_id AS subject_id, row_number() OVER (PARTITION BY said.subject_id ORDER BY said.known_on, said.recorded) AS place, said.fines AS fines
FROM (SELECT subject_fact.subject_id AS subject_id, subject_fact.known_on AS known_on, subject_fact.recorded AS recorded, CASE WHEN (subject_fact.name = :name_1::VARCHAR) THEN subject_fact.int_value END AS fines
FROM subject_fact
WHERE subject_fact.name IN (__[POSTCOMPILE_name_2]) AND subject_fact.known_on <= :known_on_1::DATE) AS said) AS placed) AS marked GROUP BY marked.subject_id) AS wide ON wide.subject_id = subject.id) AS facts_of_subjects) AS facts
 LIMIT ALL OFFSET :param_3::INTEGER) AS scored
 LIMIT ALL OFFSET :param_4::INTEGER) AS measured
 LIMIT ALL OFFSET :param_5::INTEGER) AS placed;

INSERT INTO scene (id, version, code, region, name, sort, state, published_at, lead_department, joining, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :code::VARCHAR, :region::VARCHAR, :name::VARCHAR, :sort::VARCHAR, :state::VARCHAR, :published_at::TIMESTAMP WITHOUT TIME ZONE, :lead_department::VARCHAR, :joining::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO scene_department (scene_id, department) VALUES (:scene_id::VARCHAR, :department::VARCHAR);

INSERT INTO second_person_request (id, version, asked_by, about, state, lapses_at, sealed, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :asked_by::VARCHAR, :about::VARCHAR, :state::VARCHAR, :lapses_at::TIMESTAMP WITHOUT TIME ZONE, :sealed::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO source_limit (id, version, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO standard_material (id, version, region, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :region::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO subject (id, version, kind, name, code, region, city, status, industry, category, doubtful, shared, tags, sealed, code_index, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :kind::VARCHAR, :name::VARCHAR, :code::VARCHAR, :region::VARCHAR, :city::VARCHAR, :status::VARCHAR, :industry::VARCHAR, :category::VARCHAR, :doubtful, :shared, :tags::VARCHAR, :sealed::VARCHAR, :code_index::VARCHAR, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO subject_department (subject_id, department) VALUES (:subject_id::VARCHAR, :department::VARCHAR);

INSERT INTO subject_fact (subject_id, name, known_on, source, recorded, form, int_value, code_value) VALUES (:subject_id::VARCHAR, :name::VARCHAR, :known_on::DATE, :source::VARCHAR, :recorded::BIGINT, :form::VARCHAR, :int_value::BIGINT, :code_value::VARCHAR);

INSERT INTO subject_fact (subject_id, name, known_on, source, recorded, form, int_value, code_value, row_seal) VALUES (:subject_id::VARCHAR, :name::VARCHAR, :known_on::DATE, :source::VARCHAR, :recorded::BIGINT, :form::VARCHAR, :int_value::BIGINT, :code_value::VARCHAR, :row_seal::VARCHAR);

INSERT INTO subject_statement (subject_id, recorded, known_on, source, registered_capital, shareholders, outside_investments, branches, established_on, entity_type, licences, licence_expires_on, paid_in_capital_share, representative_changes_3y, name_changes_3y, domicile_changes_3y, scope_changes_3y, loss_years_3y, debt_ratio, in_liquidation, insured_staff, staff, tax_paid_1y, tax_in_arrears, share_freezes_3y, abnormal_listed, abnormal_listings_3y, dishonesty_listed, judgment_defaulter, credit_repaired, penalties_3y, penalty_amount_3y, lawsuits_3y, complaints_1y, bad_press_1m, accidents_3y, sampling_failures_1y, major_hazard_source, liability_insured, quality_deposit_paid, fraud_alerts_1y, row_seal) VALUES (:subject_id::VARCHAR, :recorded::BIGINT, :known_on::DATE, :source::VARCHAR, :registered_capital::BIGINT, :shareholders::BIGINT, :outside_investments::BIGINT, :branches::BIGINT, :established_on::BIGINT, :entity_type::VARCHAR, :licences::BIGINT, :licence_expires_on::BIGINT, :paid_in_capital_share::BIGINT, :representative_changes_3y::BIGINT, :name_changes_3y::BIGINT, :domicile_changes_3y::BIGINT, :scope_changes_3y::BIGINT, :loss_years_3y::BIGINT, :debt_ratio::BIGINT, :in_liquidation::BIGINT, :insured_staff::BIGINT, :staff::BIGINT, :tax_paid_1y::BIGINT, :tax_in_arrears::BIGINT, :share_freezes_3y::BIGINT, :abnormal_listed::BIGINT, :abnormal_listings_3y::BIGINT, :dishonesty_listed::BIGINT, :judgment_defaulter::BIGINT, :credit_repaired::BIGINT, :penalties_3y::BIGINT, :penalty_amount_3y::BIGINT, :lawsuits_3y::BIGINT, :complaints_1y::BIGINT, :bad_press_1m::BIGINT, :accidents_3y::BIGINT, :sampling_failures_1y::BIGINT, :major_hazard_source::BIGINT, :liability_insured::BIGINT, :quality_deposit_paid::BIGINT, :fraud_alerts_1y::BIGINT, :row_seal::VARCHAR);

INSERT INTO subject_statement (subject_id, recorded, known_on, source, registered_capital, shareholders, outside_investments, branches, established_on, licences, licence_expires_on, paid_in_capital_share, representative_changes_3y, name_changes_3y, domicile_changes_3y, scope_changes_3y, loss_years_3y, debt_ratio, insured_staff, staff, tax_paid_1y, share_freezes_3y, abnormal_listings_3y, penalties_3y, penalty_amount_3y, lawsuits_3y, complaints_1y, bad_press_1m, accidents_3y, sampling_failures_1y, fraud_alerts_1y, in_liquidation, tax_in_arrears, abnormal_listed, dishonesty_listed, judgment_defaulter, credit_repaired, major_hazard_source, liability_insured, quality_deposit_paid, entity_type) VALUES (:subject_id::VARCHAR, :recorded::BIGINT, :known_on::DATE, :source::VARCHAR, :registered_capital::BIGINT, :shareholders::BIGINT, :outside_investments::BIGINT, :branches::BIGINT, :established_on::BIGINT, :licences::BIGINT, :licence_expires_on::BIGINT, :paid_in_capital_share::BIGINT, :representative_changes_3y::BIGINT, :name_changes_3y::BIGINT, :domicile_changes_3y::BIGINT, :scope_changes_3y::BIGINT, :loss_years_3y::BIGINT, :debt_ratio::BIGINT, :insured_staff::BIGINT, :staff::BIGINT, :tax_paid_1y::BIGINT, :share_freezes_3y::BIGINT, :abnormal_listings_3y::BIGINT, :penalties_3y::BIGINT, :penalty_amount_3y::BIGINT, :lawsuits_3y::BIGINT, :complaints_1y::BIGINT, :bad_press_1m::BIGINT, :accidents_3y::BIGINT, :sampling_failures_1y::BIGINT, :fraud_alerts_1y::BIGINT, :in_liquidation::BIGINT, :tax_in_arrears::BIGINT, :abnormal_listed::BIGINT, :dishonesty_listed::BIGINT, :judgment_defaulter::BIGINT, :credit_repaired::BIGINT, :major_hazard_source::BIGINT, :liability_insured::BIGINT, :quality_deposit_paid::BIGINT, :entity_type::VARCHAR);

INSERT INTO subject_tag (subject_id, tag, name) VALUES (:subject_id::VARCHAR, :tag::VARCHAR, :name::VARCHAR);

INSERT INTO synchronisation (id, version, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO tag (id, version, name, region, enabled, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :name::VARCHAR, :region::VARCHAR, :enabled, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO task (id, version, code, name, scene, plan, kind, state, region, lead_department, starts_on, ends_on, body, row_seal) VALUES (:id::VARCHAR, :version::BIGINT, :code::VARCHAR, :name::VARCHAR, :scene::VARCHAR, :plan::VARCHAR, :kind::VARCHAR, :state::VARCHAR, :region::VARCHAR, :lead_department::VARCHAR, :starts_on::DATE, :ends_on::DATE, :body::VARCHAR, :row_seal::VARCHAR);

INSERT INTO task_department (task_id, department) VALUES (:task_id::VARCHAR, :department::VARCHAR);

INSERT INTO team (id, version, region, leader, deleted, row_seal, body) VALUES (:id::VARCHAR, :version::BIGINT, :region::VARCHAR, :leader::VARCHAR, :deleted, :row_seal::VARCHAR, :body::VARCHAR);

INSERT INTO team_member (team_id, officer_id) VALUES (:team_id::VARCHAR, :officer_id::VARCHAR);

INSERT INTO transfer (id, version, body, row_seal) VALUES (:id::VARCHAR, :version::BIGINT, :body::VARCHAR, :row_seal::VARCHAR);

INSERT INTO user_department (user_id, department, place) VALUES (:user_id::VARCHAR, :department::VARCHAR, :place::BIGINT);

INSERT INTO visit (id, version, code, task, subject, region, state, is_open, due_on, formed_on, cap_year, findings, key_findings, obstructed, unreachable, sealed, body, row_seal) VALUES (:id::VARCHAR, :version::BIGINT, :code::VARCHAR, :task::VARCHAR, :subject::VARCHAR, :region::VARCHAR, :state::VARCHAR, :is_open, :due_on::DATE, :formed_on::DATE, :cap_year::BIGINT, :findings::BIGINT, :key_findings::BIGINT, :obstructed, :unreachable, :sealed::VARCHAR, :body::VARCHAR, :row_seal::VARCHAR);

INSERT INTO visit_department (visit_id, department, task, is_open) VALUES (:visit_id::VARCHAR, :department::VARCHAR, :task::VARCHAR, :is_open);

INSERT INTO visit_officer (visit_id, officer, code) VALUES (:visit_id::VARCHAR, :officer::VARCHAR, :code::VARCHAR);

SELECT DISTINCT check_item.matter_code
FROM check_item
WHERE check_item.matter_code IN (__[POSTCOMPILE_matter_code_1]) AND check_item.state = :state_1::VARCHAR;

SELECT DISTINCT subject_fact.name
FROM subject_fact;

SELECT access_group.id, access_group.row_seal
FROM access_group ORDER BY access_group.id
 LIMIT :param_1::INTEGER;

SELECT access_group.id, access_group.version
FROM access_group;

SELECT access_group.id, access_group.version, access_group.name, access_group.department, access_group.enabled, access_group.row_seal, access_group.body
FROM access_group
WHERE access_group.id = :id_1::VARCHAR;

SELECT access_role.id, access_role.row_seal
FROM access_role ORDER BY access_role.id
 LIMIT :param_1::INTEGER;

SELECT access_role.id, access_role.version
FROM access_role;

SELECT access_role.id, access_role.version, access_role.name, access_role.department, access_role.enabled, access_role.row_seal, access_role.body
FROM access_role
WHERE access_role.id = :id_1::VARCHAR;

SELECT access_role.id, access_role.version, access_role.name, access_role.department, access_role.enabled, access_role.row_seal, access_role.body
FROM access_role
WHERE access_role.id IN (__[POSTCOMPILE_id_1]);

SELECT alembic_version.version_num
FROM alembic_version;

SELECT app_user.id, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal
FROM app_user ORDER BY app_user.id
 LIMIT :param_1::INTEGER;

SELECT app_user.id, app_user.version
FROM app_user;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE (app_user.id) > (:param_1::VARCHAR) ORDER BY app_user.id
 LIMIT :param_2::INTEGER;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE app_user.document_index IN (__[POSTCOMPILE_document_index_1]);

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE app_user.id = :id_1::VARCHAR;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE app_user.living_login = :living_login_1::VARCHAR;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE app_user.living_login IN (__[POSTCOMPILE_living_login_1]);

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE app_user.living_user_code = :living_user_code_1::VARCHAR;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user
WHERE app_user.party = :party_1::VARCHAR AND app_user.deleted_at IS NULL ORDER BY app_user.id;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user JOIN user_department ON user_department.user_id = app_user.id
WHERE user_department.department = :department_1::VARCHAR AND app_user.deleted_at IS NULL ORDER BY user_department.place, user_department.user_id;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user ORDER BY app_user.id
 LIMIT :param_1::INTEGER;

SELECT association.id
FROM association ORDER BY association.id
 LIMIT :param_1::INTEGER;

SELECT association.id, association.sealed, association.row_seal
FROM association ORDER BY association.id
 LIMIT :param_1::INTEGER;

SELECT association.id, association.version
FROM association;

SELECT association.id, association.version, association.region, association.body, association.sealed, association.row_seal
FROM association ORDER BY association.id
 LIMIT :param_1::INTEGER;

SELECT association.id, association.version, association.region, association.sealed, association.row_seal, association.body
FROM association
WHERE association.id = :id_1::VARCHAR;

SELECT audit_checkpoint.tree_size, audit_checkpoint.log_id, audit_checkpoint.root, audit_checkpoint.made_at, audit_checkpoint.previous, audit_checkpoint.frontier, audit_checkpoint.signature
FROM audit_checkpoint ORDER BY audit_checkpoint.tree_size DESC
 LIMIT :param_1::INTEGER;

SELECT audit_row.position, audit_row.happened_at, audit_row.actor, audit_row.department, audit_row.action, audit_row.outcome, audit_row.request, audit_row.targets, audit_row.note, audit_row.leaf
FROM audit_row
WHERE audit_row.action IN (__[POSTCOMPILE_action_1]) ORDER BY audit_row.position
 LIMIT :param_1::INTEGER;

SELECT audit_row.position, audit_row.happened_at, audit_row.actor, audit_row.department, audit_row.action, audit_row.outcome, audit_row.request, audit_row.targets, audit_row.note, audit_row.leaf
FROM audit_row
WHERE audit_row.position >= :position_1::BIGINT ORDER BY audit_row.position
 LIMIT :param_1::INTEGER;

SELECT batch_seal.id
FROM batch_seal ORDER BY batch_seal.id
 LIMIT :param_1::INTEGER;

SELECT batch_seal.id, batch_seal.row_seal
FROM batch_seal ORDER BY batch_seal.id
 LIMIT :param_1::INTEGER;

SELECT batch_seal.id, batch_seal.version
FROM batch_seal;

SELECT batch_seal.id, batch_seal.version, batch_seal.row_seal, batch_seal.body
FROM batch_seal
WHERE batch_seal.id = :id_1::VARCHAR;

SELECT batch_seal.id, batch_seal.version, batch_seal.row_seal, batch_seal.body
FROM batch_seal
WHERE batch_seal.id >= :id_1::VARCHAR AND batch_seal.id <= :id_2::VARCHAR;

SELECT batch_seal.id, batch_seal.version, batch_seal.row_seal, batch_seal.body
FROM batch_seal
WHERE batch_seal.id IN (__[POSTCOMPILE_id_1]);

SELECT batch_seal.id, batch_seal.version, batch_seal.row_seal, batch_seal.body
FROM batch_seal
WHERE batch_seal.id IN (__[POSTCOMPILE_id_1]) ORDER BY batch_seal.id FOR UPDATE;

SELECT batch_seal.row_seal
FROM batch_seal;

SELECT batch_seal.version
FROM batch_seal ORDER BY batch_seal.version DESC;

SELECT category.id
FROM category ORDER BY category.id
 LIMIT :param_1::INTEGER;

SELECT category.id, category.row_seal
FROM category ORDER BY category.id
 LIMIT :param_1::INTEGER;

SELECT category.id, category.version
FROM category;

SELECT category.id, category.version, category.name, category.region, category.parent, category.deleted, category.body, category.row_seal
FROM category ORDER BY category.id
 LIMIT :param_1::INTEGER;

SELECT category.id, category.version, category.name, category.region, category.parent, category.deleted, category.row_seal, category.body
FROM category
WHERE category.id = :id_1::VARCHAR;

SELECT challenge.id
FROM challenge ORDER BY challenge.id
 LIMIT :param_1::INTEGER;

SELECT challenge.id, challenge.row_seal
FROM challenge ORDER BY challenge.id
 LIMIT :param_1::INTEGER;

SELECT challenge.id, challenge.version, challenge.row_seal, challenge.body
FROM challenge
WHERE challenge.id = :id_1::VARCHAR;

SELECT check_cap.department, check_cap.most
FROM check_cap
WHERE check_cap.department IN (__[POSTCOMPILE_department_1]);

SELECT check_item.id
FROM check_item ORDER BY check_item.id
 LIMIT :param_1::INTEGER;

SELECT check_item.id, check_item.row_seal
FROM check_item ORDER BY check_item.id
 LIMIT :param_1::INTEGER;

SELECT check_item.id, check_item.version
FROM check_item;

SELECT check_item.id, check_item.version, check_item.code, check_item.region, check_item.state, check_item.matter_code, check_item.body, check_item.row_seal
FROM check_item ORDER BY check_item.id
 LIMIT :param_1::INTEGER;

SELECT check_item.id, check_item.version, check_item.code, check_item.region, check_item.state, check_item.matter_code, check_item.row_seal, check_item.body
FROM check_item
WHERE check_item.id = :id_1::VARCHAR;

SELECT checklist.id
FROM checklist ORDER BY checklist.id
 LIMIT :param_1::INTEGER;

SELECT checklist.id, checklist.row_seal
FROM checklist ORDER BY checklist.id
 LIMIT :param_1::INTEGER;

SELECT checklist.id, checklist.version
FROM checklist;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR AND ((EXISTS (SELECT 1
FROM checklist_department
WHERE checklist_department.checklist_id = checklist.id AND checklist_department.department = ANY (:ids_1::VARCHAR[]))) OR NOT (EXISTS (SELECT 1
FROM checklist_department
WHERE checklist_department.checklist_id = checklist.id))) AND (checklist.code, checklist.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY checklist.code, checklist.id
 LIMIT :param_3::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR AND ((EXISTS (SELECT 1
FROM checklist_department
WHERE checklist_department.checklist_id = checklist.id AND checklist_department.department = ANY (:ids_1::VARCHAR[]))) OR NOT (EXISTS (SELECT 1
FROM checklist_department
WHERE checklist_department.checklist_id = checklist.id))) ORDER BY checklist.code, checklist.id
 LIMIT :param_1::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR AND (checklist.code, checklist.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY checklist.code, checklist.id
 LIMIT :param_3::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR AND (checklist.name ILIKE '%' || :name_1::VARCHAR || '%' ESCAPE '/') AND (checklist.code, checklist.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY checklist.code, checklist.id
 LIMIT :param_3::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR AND (checklist.name ILIKE '%' || :name_1::VARCHAR || '%' ESCAPE '/') ORDER BY checklist.code, checklist.id
 LIMIT :param_1::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR AND (checklist.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') AND (checklist.code, checklist.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY checklist.code, checklist.id
 LIMIT :param_3::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR AND (checklist.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') ORDER BY checklist.code, checklist.id
 LIMIT :param_1::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR AND checklist.code = :code_1::VARCHAR ORDER BY checklist.code, checklist.id
 LIMIT :param_1::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR AND checklist.is_default = true AND (checklist.code, checklist.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY checklist.code, checklist.id
 LIMIT :param_3::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR AND checklist.is_default = true ORDER BY checklist.code, checklist.id
 LIMIT :param_1::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR AND checklist.region = :region_1::VARCHAR AND (checklist.code, checklist.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY checklist.code, checklist.id
 LIMIT :param_3::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR AND checklist.region = :region_1::VARCHAR ORDER BY checklist.code, checklist.id
 LIMIT :param_1::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR AND checklist.state = :state_2::VARCHAR AND (checklist.code, checklist.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY checklist.code, checklist.id
 LIMIT :param_3::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR AND checklist.state = :state_2::VARCHAR ORDER BY checklist.code, checklist.id
 LIMIT :param_1::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count
FROM checklist
WHERE checklist.state != :state_1::VARCHAR ORDER BY checklist.code, checklist.id
 LIMIT :param_1::INTEGER;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count, checklist.body, checklist.row_seal
FROM checklist
WHERE checklist.id = :id_1::VARCHAR;

SELECT clue.channel, clue.state, count(clue.id) AS count_1
FROM clue
WHERE (EXISTS (SELECT 1
FROM clue_department
WHERE clue_department.clue_id = clue.id AND clue_department.department = ANY (:ids_1::VARCHAR[]))) OR NOT (EXISTS (SELECT 1
FROM clue_department
WHERE clue_department.clue_id = clue.id)) GROUP BY clue.channel, clue.state;

SELECT clue.channel, clue.state, count(clue.id) AS count_1
FROM clue
WHERE (clue.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') GROUP BY clue.channel, clue.state;

SELECT clue.channel, clue.state, count(clue.id) AS count_1
FROM clue
WHERE clue.channel = :channel_1::VARCHAR AND clue.state = :state_1::VARCHAR GROUP BY clue.channel, clue.state;

SELECT clue.channel, clue.state, count(clue.id) AS count_1
FROM clue
WHERE clue.region = :region_1::VARCHAR GROUP BY clue.channel, clue.state;

SELECT clue.channel, clue.state, count(clue.id) AS count_1
FROM clue
WHERE clue.subject = :subject_1::VARCHAR GROUP BY clue.channel, clue.state;

SELECT clue.channel, clue.state, count(clue.id) AS count_1
FROM clue GROUP BY clue.channel, clue.state;

SELECT clue.id
FROM clue ORDER BY clue.id
 LIMIT :param_1::INTEGER;

SELECT clue.id, clue.sealed, clue.row_seal
FROM clue ORDER BY clue.id
 LIMIT :param_1::INTEGER;

SELECT clue.id, clue.version
FROM clue;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on
FROM clue
WHERE ((EXISTS (SELECT 1
FROM clue_department
WHERE clue_department.clue_id = clue.id AND clue_department.department = ANY (:ids_1::VARCHAR[]))) OR NOT (EXISTS (SELECT 1
FROM clue_department
WHERE clue_department.clue_id = clue.id))) AND (clue.due_on, clue.id) > (:param_1::DATE, :param_2::VARCHAR) ORDER BY clue.due_on, clue.id
 LIMIT :param_3::INTEGER;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on
FROM clue
WHERE (EXISTS (SELECT 1
FROM clue_department
WHERE clue_department.clue_id = clue.id AND clue_department.department = ANY (:ids_1::VARCHAR[]))) OR NOT (EXISTS (SELECT 1
FROM clue_department
WHERE clue_department.clue_id = clue.id)) ORDER BY clue.due_on, clue.id
 LIMIT :param_1::INTEGER;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on
FROM clue
WHERE (clue.due_on, clue.id) > (:param_1::DATE, :param_2::VARCHAR) ORDER BY clue.due_on, clue.id
 LIMIT :param_3::INTEGER;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on
FROM clue
WHERE (clue.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') AND (clue.due_on, clue.id) > (:param_1::DATE, :param_2::VARCHAR) ORDER BY clue.due_on, clue.id
 LIMIT :param_3::INTEGER;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on
FROM clue
WHERE (clue.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') ORDER BY clue.due_on, clue.id
 LIMIT :param_1::INTEGER;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on
FROM clue
WHERE clue.channel = :channel_1::VARCHAR AND clue.state = :state_1::VARCHAR ORDER BY clue.due_on, clue.id
 LIMIT :param_1::INTEGER;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on
FROM clue
WHERE clue.region = :region_1::VARCHAR AND (clue.due_on, clue.id) > (:param_1::DATE, :param_2::VARCHAR) ORDER BY clue.due_on, clue.id
 LIMIT :param_3::INTEGER;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on
FROM clue
WHERE clue.region = :region_1::VARCHAR ORDER BY clue.due_on, clue.id
 LIMIT :param_1::INTEGER;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on
FROM clue
WHERE clue.subject = :subject_1::VARCHAR ORDER BY clue.due_on, clue.id
 LIMIT :param_1::INTEGER;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on
FROM clue ORDER BY clue.due_on, clue.id
 LIMIT :param_1::INTEGER;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on, clue.body, clue.sealed, clue.row_seal
FROM clue ORDER BY clue.id
 LIMIT :param_1::INTEGER;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on, clue.sealed, clue.row_seal, clue.body
FROM clue
WHERE clue.id = :id_1::VARCHAR;

SELECT count(*) AS count_1
FROM category
WHERE category.parent = :parent_1::VARCHAR AND category.deleted != true;

SELECT count(*) AS count_1
FROM safe
WHERE safe.note_index IS NULL;

SELECT count(*) AS count_1
FROM subject
WHERE subject.category = :category_1::VARCHAR;

SELECT count(*) AS count_1
FROM subject_statement;

SELECT count(publication.id) AS count_1
FROM publication
WHERE publication.task = :task_1::VARCHAR AND publication.state = :state_1::VARCHAR;

SELECT count(rectification.id) AS count_1
FROM rectification
WHERE rectification.task = :task_1::VARCHAR AND rectification.department = :department_1::VARCHAR AND rectification.is_open = true;

SELECT count(subject.id) AS count_1
FROM subject;

SELECT count(subject.id) AS count_1
FROM subject
WHERE (subject.region LIKE :region_1::VARCHAR || '%' ESCAPE '/');

SELECT count(subject.id) AS count_1
FROM subject
WHERE EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1]));

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.category = :category_1::VARCHAR;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.city = :city_1::VARCHAR;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.city = :city_1::VARCHAR AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[]))));

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.city = :city_1::VARCHAR AND subject.doubtful = true AND (EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1])));

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.city = :city_1::VARCHAR AND subject.status = :status_1::VARCHAR;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.code = :code_1::VARCHAR OR subject.code_index IN (__[POSTCOMPILE_code_index_1]);

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.doubtful = false;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.doubtful = true;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.kind = :kind_1::VARCHAR;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.name >= :name_1::VARCHAR AND subject.name < :name_2::VARCHAR;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.region = :region_1::VARCHAR;

SELECT count(subject.id) AS count_1
FROM subject
WHERE subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])));

SELECT count(task.id) AS count_1
FROM task
WHERE task.plan = :plan_1::VARCHAR AND task.state != :state_1::VARCHAR;

SELECT count(visit_department.visit_id) AS count_1
FROM visit_department
WHERE visit_department.task = :task_1::VARCHAR AND visit_department.department = :department_1::VARCHAR AND visit_department.is_open = true;

SELECT counter.upto
FROM counter
WHERE counter.name = :counted::VARCHAR;

SELECT counter.upto
FROM counter
WHERE counter.name = :name_1::VARCHAR;

SELECT counterpart.id
FROM counterpart ORDER BY counterpart.id
 LIMIT :param_1::INTEGER;

SELECT counterpart.id, counterpart.row_seal
FROM counterpart ORDER BY counterpart.id
 LIMIT :param_1::INTEGER;

SELECT counterpart.id, counterpart.version
FROM counterpart;

SELECT counterpart.id, counterpart.version, counterpart.kind, counterpart.row_seal, counterpart.body
FROM counterpart
WHERE counterpart.id = :id_1::VARCHAR;

SELECT credentials.id, credentials.row_seal
FROM credentials ORDER BY credentials.id
 LIMIT :param_1::INTEGER;

SELECT credentials.id, credentials.version
FROM credentials;

SELECT credentials.id, credentials.version, credentials.row_seal, credentials.body
FROM credentials
WHERE (credentials.id) > (:param_1::VARCHAR) ORDER BY credentials.id
 LIMIT :param_2::INTEGER;

SELECT credentials.id, credentials.version, credentials.row_seal, credentials.body
FROM credentials
WHERE credentials.id = :id_1::VARCHAR;

SELECT credentials.id, credentials.version, credentials.row_seal, credentials.body
FROM credentials
WHERE credentials.id IN (SELECT credentials_certificate.credentials_id
FROM credentials_certificate
WHERE credentials_certificate.thumbprint = :thumbprint_1::VARCHAR);

SELECT credentials.id, credentials.version, credentials.row_seal, credentials.body
FROM credentials ORDER BY credentials.id
 LIMIT :param_1::INTEGER;

SELECT credit_model.id
FROM credit_model ORDER BY credit_model.id
 LIMIT :param_1::INTEGER;

SELECT credit_model.id, credit_model.row_seal
FROM credit_model ORDER BY credit_model.id
 LIMIT :param_1::INTEGER;

SELECT credit_model.id, credit_model.version
FROM credit_model;

SELECT credit_model.id, credit_model.version, credit_model.region, credit_model.body, credit_model.row_seal
FROM credit_model
WHERE credit_model.id = :id_1::VARCHAR;

SELECT department.id
FROM department
WHERE department.region = :region_1::VARCHAR AND department.deleted_at IS NULL
 LIMIT :param_1::INTEGER;

SELECT department.id, department.body
FROM department ORDER BY department.id;

SELECT department.id, department.row_seal
FROM department ORDER BY department.id
 LIMIT :param_1::INTEGER;

SELECT department.id, department.version
FROM department;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.deleted_at IS NULL AND (EXISTS (SELECT 1
FROM department_administrator
WHERE department_administrator.department_id = department.id AND department_administrator.user_id = :user_id_1::VARCHAR)) ORDER BY department.place, department.id
 LIMIT :param_1::INTEGER;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.id = :id_1::VARCHAR;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.id IN (__[POSTCOMPILE_id_1]);

SELECT department.id, department.version, department.name, department.code, department.living_code, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.living_code = :living_code_1::VARCHAR;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.parent IN (__[POSTCOMPILE_parent_1]) AND department.deleted_at IS NULL;

SELECT department.id, department.version, department.name, department.code, department.living_code, department.region, department.parent, department.place, department.enabled, department.deleted_at, department.row_seal, department.body
FROM department
WHERE department.parent IS NULL AND department.deleted_at IS NULL;

SELECT department_administrator.department_id, department_administrator.user_id
FROM department_administrator;

SELECT directory_change.position, directory_change.kind, directory_change.changed, directory_change.change, directory_change.happened_at
FROM directory_change
WHERE directory_change.position > :position_1::BIGINT ORDER BY directory_change.position
 LIMIT :param_1::INTEGER;

SELECT document_template.id
FROM document_template ORDER BY document_template.id
 LIMIT :param_1::INTEGER;

SELECT document_template.id, document_template.row_seal
FROM document_template ORDER BY document_template.id
 LIMIT :param_1::INTEGER;

SELECT document_template.id, document_template.version
FROM document_template;

SELECT document_template.id, document_template.version, document_template.document, document_template.region, document_template.department, document_template.state, document_template.place, document_template.body, document_template.row_seal
FROM document_template ORDER BY document_template.id
 LIMIT :param_1::INTEGER;

SELECT document_template.id, document_template.version, document_template.document, document_template.region, document_template.department, document_template.state, document_template.place, document_template.row_seal, document_template.body
FROM document_template
WHERE document_template.id = :id_1::VARCHAR;

SELECT done_command.actor, done_command.request_key, done_command.action, done_command.request, done_command.answer
FROM done_command
WHERE done_command.actor = :actor_1::VARCHAR AND done_command.request_key = :request_key_1::VARCHAR;

SELECT done_command.actor, done_command.request_key, done_command.action, done_command.request, done_command.answer
FROM done_command
WHERE done_command.actor = :by::VARCHAR AND done_command.request_key = :under::VARCHAR;

SELECT draw.id
FROM draw ORDER BY draw.id;

SELECT draw.id
FROM draw ORDER BY draw.id
 LIMIT :param_1::INTEGER;

SELECT draw.id, draw.pool_hash
FROM draw;

SELECT draw.id, draw.row_seal
FROM draw ORDER BY draw.id
 LIMIT :param_1::INTEGER;

SELECT draw.id, draw.version
FROM draw;

SELECT draw.id, draw.version, draw.task, draw.state, draw.body, draw.row_seal, draw.pool_hash
FROM draw
WHERE (draw.id) > (:param_1::VARCHAR) ORDER BY draw.id
 LIMIT :param_2::INTEGER;

SELECT draw.id, draw.version, draw.task, draw.state, draw.body, draw.row_seal, draw.pool_hash
FROM draw ORDER BY draw.id
 LIMIT :param_1::INTEGER;

SELECT draw.id, draw.version, draw.task, draw.state, draw.pool, draw.body, draw.row_seal
FROM draw
WHERE draw.id = :id_1::VARCHAR;

SELECT draw.id, draw.version, draw.task, draw.state, draw.pool_hash, draw.body, draw.row_seal
FROM draw
WHERE draw.id = :id_1::VARCHAR;

SELECT draw.pool
FROM draw
WHERE draw.id = :id_1::VARCHAR;

SELECT draw_pool.content
FROM draw_pool
WHERE draw_pool.pool_hash = :pool_hash_1::VARCHAR ORDER BY draw_pool.part_number;

SELECT draw_pool.part_number
FROM draw_pool
WHERE draw_pool.pool_hash = :pool_hash_1::VARCHAR;

SELECT draw_pool.part_number
FROM draw_pool
WHERE draw_pool.pool_hash = :pool_hash_1::VARCHAR AND draw_pool.part_number = :part_number_1::BIGINT;

SELECT evaluation_round.id
FROM evaluation_round ORDER BY evaluation_round.id
 LIMIT :param_1::INTEGER;

SELECT evaluation_round.id, evaluation_round.row_seal
FROM evaluation_round ORDER BY evaluation_round.id
 LIMIT :param_1::INTEGER;

SELECT evaluation_round.id, evaluation_round.version
FROM evaluation_round;

SELECT evaluation_round.id, evaluation_round.version, evaluation_round.model_id, evaluation_round.body, evaluation_round.row_seal
FROM evaluation_round
WHERE evaluation_round.id = :id_1::VARCHAR;

SELECT export_request.id
FROM export_request ORDER BY export_request.id
 LIMIT :param_1::INTEGER;

SELECT export_request.id, export_request.row_seal
FROM export_request ORDER BY export_request.id
 LIMIT :param_1::INTEGER;

SELECT export_request.id, export_request.version
FROM export_request;

SELECT export_request.id, export_request.version, export_request.about, export_request.region, export_request.state, export_request.row_seal, export_request.body
FROM export_request
WHERE export_request.id = :id_1::VARCHAR;

SELECT face_check.id
FROM face_check ORDER BY face_check.id
 LIMIT :param_1::INTEGER;

SELECT face_check.id, face_check.row_seal
FROM face_check ORDER BY face_check.id
 LIMIT :param_1::INTEGER;

SELECT face_check.id, face_check.version, face_check.certify_id, face_check.row_seal, face_check.body
FROM face_check
WHERE face_check.id = :id_1::VARCHAR;

SELECT graded_subject.row_seal
FROM graded_subject;

SELECT graded_subject.row_seal
FROM graded_subject
WHERE graded_subject.subject_id = :subject_id_1::VARCHAR;

SELECT graded_subject.row_seal, count(*) AS count_1
FROM graded_subject
WHERE graded_subject.row_seal IN (__[POSTCOMPILE_row_seal_1]) GROUP BY graded_subject.row_seal;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject.record, graded_subject.record_hash, graded_subject.row_seal
FROM graded_subject
WHERE graded_subject.subject_id = :subject_id_1::VARCHAR;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject.record, graded_subject.record_hash, graded_subject.row_seal
FROM graded_subject ORDER BY graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id
 LIMIT :param_1::INTEGER;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject.record, graded_subject.record_hash, graded_subject.row_seal, batch_seal.row_seal AS batch_seal
FROM graded_subject LEFT OUTER JOIN batch_seal ON batch_seal.id = graded_subject.row_seal
WHERE graded_subject.rule_id = :rule_id_1::VARCHAR AND graded_subject.as_of = :as_of_1::DATE AND graded_subject.subject_id IN (__[POSTCOMPILE_subject_id_1]);

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject.record, graded_subject.record_hash, graded_subject.row_seal, batch_seal.row_seal AS batch_seal
FROM graded_subject LEFT OUTER JOIN batch_seal ON batch_seal.id = graded_subject.row_seal ORDER BY graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id
 LIMIT :param_1::INTEGER;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject.record, graded_subject.row_seal, graded_subject.record_hash
FROM graded_subject
WHERE (graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id) > (:param_1::VARCHAR, :param_2::DATE, :param_3::VARCHAR) ORDER BY graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id
 LIMIT :param_4::INTEGER;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject.record, graded_subject.row_seal, graded_subject.record_hash
FROM graded_subject ORDER BY graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id
 LIMIT :param_1::INTEGER;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject.record_hash, graded_subject.row_seal
FROM graded_subject
WHERE graded_subject.rule_id = :rule_id_1::VARCHAR AND graded_subject.as_of = :as_of_1::DATE AND graded_subject.subject_id IN (__[POSTCOMPILE_subject_id_1]);

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject.record_hash, graded_subject.row_seal, batch_seal.row_seal AS batch_seal
FROM graded_subject LEFT OUTER JOIN batch_seal ON batch_seal.id = graded_subject.row_seal
WHERE graded_subject.rule_id = :rule_id_1::VARCHAR AND graded_subject.as_of = :as_of_1::DATE ORDER BY graded_subject.subject_id;

SELECT grading_rule.id
FROM grading_rule ORDER BY grading_rule.id
 LIMIT :param_1::INTEGER;

SELECT grading_rule.id, grading_rule.row_seal
FROM grading_rule ORDER BY grading_rule.id
 LIMIT :param_1::INTEGER;

SELECT grading_rule.id, grading_rule.version
FROM grading_rule;

SELECT grading_rule.id, grading_rule.version, grading_rule.region, grading_rule.body, grading_rule.row_seal
FROM grading_rule
WHERE grading_rule.id = :id_1::VARCHAR;

SELECT grant_holding.sheet_id
FROM grant_holding
WHERE grant_holding.kind = :kind_1::VARCHAR AND grant_holding.held IN (__[POSTCOMPILE_held_1]);

SELECT grant_holding.sheet_id, grant_holding.holder
FROM grant_holding
WHERE grant_holding.kind = :kind_1::VARCHAR AND grant_holding.held = :held_1::VARCHAR AND ((EXISTS (SELECT 1
FROM app_user
WHERE app_user.id = grant_holding.holder AND (grant_holding.sheet_id LIKE :sheet_id_1::VARCHAR || '%') AND app_user.deleted_at IS NULL)) OR (EXISTS (SELECT 1
FROM access_group
WHERE access_group.id = grant_holding.holder AND (grant_holding.sheet_id LIKE :sheet_id_2::VARCHAR || '%')))) AND (grant_holding.sheet_id) > (:param_1::VARCHAR) ORDER BY grant_holding.sheet_id
 LIMIT :param_2::INTEGER;

SELECT grant_holding.sheet_id, grant_holding.holder
FROM grant_holding
WHERE grant_holding.kind = :kind_1::VARCHAR AND grant_holding.held = :held_1::VARCHAR AND ((EXISTS (SELECT 1
FROM app_user
WHERE app_user.id = grant_holding.holder AND (grant_holding.sheet_id LIKE :sheet_id_1::VARCHAR || '%') AND app_user.deleted_at IS NULL)) OR (EXISTS (SELECT 1
FROM access_group
WHERE access_group.id = grant_holding.holder AND (grant_holding.sheet_id LIKE :sheet_id_2::VARCHAR || '%')))) ORDER BY grant_holding.sheet_id
 LIMIT :param_1::INTEGER;

SELECT grant_sheet.id, grant_sheet.body
FROM grant_sheet ORDER BY grant_sheet.id;

SELECT grant_sheet.id, grant_sheet.row_seal
FROM grant_sheet ORDER BY grant_sheet.id
 LIMIT :param_1::INTEGER;

SELECT grant_sheet.id, grant_sheet.version
FROM grant_sheet;

SELECT grant_sheet.id, grant_sheet.version, grant_sheet.row_seal, grant_sheet.body
FROM grant_sheet
WHERE grant_sheet.id = :id_1::VARCHAR;

SELECT grant_sheet.id, grant_sheet.version, grant_sheet.row_seal, grant_sheet.body
FROM grant_sheet
WHERE grant_sheet.id IN (__[POSTCOMPILE_id_1]);

SELECT guess_limit.id
FROM guess_limit ORDER BY guess_limit.id
 LIMIT :param_1::INTEGER;

SELECT guess_limit.id, guess_limit.row_seal
FROM guess_limit ORDER BY guess_limit.id
 LIMIT :param_1::INTEGER;

SELECT guess_limit.id, guess_limit.version, guess_limit.row_seal, guess_limit.body
FROM guess_limit
WHERE guess_limit.id = :id_1::VARCHAR;

SELECT institution.id
FROM institution ORDER BY institution.id
 LIMIT :param_1::INTEGER;

SELECT institution.id, institution.sealed, institution.row_seal
FROM institution ORDER BY institution.id
 LIMIT :param_1::INTEGER;

SELECT institution.id, institution.version
FROM institution;

SELECT institution.id, institution.version, institution.region, institution.body, institution.sealed, institution.row_seal
FROM institution ORDER BY institution.id
 LIMIT :param_1::INTEGER;

SELECT institution.id, institution.version, institution.region, institution.sealed, institution.row_seal, institution.body
FROM institution
WHERE institution.id = :id_1::VARCHAR;

SELECT law.id
FROM law ORDER BY law.id
 LIMIT :param_1::INTEGER;

SELECT law.id, law.row_seal
FROM law ORDER BY law.id
 LIMIT :param_1::INTEGER;

SELECT law.id, law.version
FROM law;

SELECT law.id, law.version, law.title, law.in_force_from, law.body, law.row_seal
FROM law ORDER BY law.id
 LIMIT :param_1::INTEGER;

SELECT law.id, law.version, law.title, law.in_force_from, law.row_seal, law.body
FROM law
WHERE law.id = :id_1::VARCHAR;

SELECT log_in.id
FROM log_in ORDER BY log_in.id
 LIMIT :param_1::INTEGER;

SELECT log_in.id, log_in.row_seal
FROM log_in ORDER BY log_in.id
 LIMIT :param_1::INTEGER;

SELECT log_in.id, log_in.version, log_in.row_seal, log_in.body
FROM log_in
WHERE log_in.id = :id_1::VARCHAR;

SELECT log_in_session.id, log_in_session.row_seal
FROM log_in_session ORDER BY log_in_session.id
 LIMIT :param_1::INTEGER;

SELECT log_in_session.id, log_in_session.version
FROM log_in_session;

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body
FROM log_in_session;

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body
FROM log_in_session
WHERE (log_in_session.id) > (:param_1::VARCHAR) ORDER BY log_in_session.id
 LIMIT :param_2::INTEGER;

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body
FROM log_in_session
WHERE log_in_session.id = :id_1::VARCHAR;

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body
FROM log_in_session
WHERE log_in_session.owner IN (__[POSTCOMPILE_owner_1]) AND log_in_session.ended_at IS NULL;

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body
FROM log_in_session ORDER BY log_in_session.id
 LIMIT :param_1::INTEGER;

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body, (SELECT counter.upto
FROM counter
WHERE counter.name = :counted::VARCHAR) AS epoch
FROM log_in_session
WHERE log_in_session.id = :token::VARCHAR;

SELECT notice.id
FROM notice ORDER BY notice.id
 LIMIT :param_1::INTEGER;

SELECT notice.id, notice.sealed, notice.row_seal
FROM notice ORDER BY notice.id
 LIMIT :param_1::INTEGER;

SELECT notice.id, notice.version, notice.owner, notice.state, notice.made_at, notice.sealed, notice.row_seal, notice.body
FROM notice
WHERE notice.id = :id_1::VARCHAR;

SELECT officer.id
FROM officer
WHERE (officer.name ILIKE '%' || :name_1::VARCHAR || '%' ESCAPE '/') ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id
FROM officer
WHERE (officer.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') AND NOT (EXISTS (SELECT 1
FROM team_member
WHERE team_member.team_id = :team_id_1::VARCHAR AND team_member.officer_id = officer.id)) ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id
FROM officer
WHERE (officer.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id
FROM officer
WHERE EXISTS (SELECT 1
FROM officer_certificate
WHERE officer_certificate.officer_id = officer.id AND officer_certificate.code = :code_1::VARCHAR) ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id
FROM officer
WHERE EXISTS (SELECT 1
FROM team_member
WHERE team_member.team_id = :team_id_1::VARCHAR AND team_member.officer_id = officer.id) ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id
FROM officer
WHERE officer.department = ANY (:ids_1::VARCHAR[]) ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id
FROM officer
WHERE officer.phone_index IN (__[POSTCOMPILE_phone_index_1]) ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id
FROM officer
WHERE officer.region = :region_1::VARCHAR ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id
FROM officer
WHERE officer.state = :state_1::VARCHAR ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id
FROM officer ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.sealed, officer.phone_index, officer.row_seal
FROM officer ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version
FROM officer;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.body, officer.sealed, officer.phone_index, officer.row_seal
FROM officer ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE (EXISTS (SELECT 1
FROM team_member
WHERE team_member.team_id = :team_id_1::VARCHAR AND team_member.officer_id = officer.id)) AND (officer.name, officer.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY officer.name, officer.id
 LIMIT :param_3::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE (officer.name ILIKE '%' || :name_1::VARCHAR || '%' ESCAPE '/') AND (officer.name, officer.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY officer.name, officer.id
 LIMIT :param_3::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE (officer.name ILIKE '%' || :name_1::VARCHAR || '%' ESCAPE '/') ORDER BY officer.name, officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE (officer.name, officer.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY officer.name, officer.id
 LIMIT :param_3::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE (officer.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') AND (officer.name, officer.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY officer.name, officer.id
 LIMIT :param_3::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE (officer.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') AND NOT (EXISTS (SELECT 1
FROM team_member
WHERE team_member.team_id = :team_id_1::VARCHAR AND team_member.officer_id = officer.id)) AND (officer.name, officer.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY officer.name, officer.id
 LIMIT :param_3::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE (officer.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') AND NOT (EXISTS (SELECT 1
FROM team_member
WHERE team_member.team_id = :team_id_1::VARCHAR AND team_member.officer_id = officer.id)) ORDER BY officer.name, officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE (officer.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') ORDER BY officer.name, officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE EXISTS (SELECT 1
FROM officer_certificate
WHERE officer_certificate.officer_id = officer.id AND officer_certificate.code = :code_1::VARCHAR) ORDER BY officer.name, officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE EXISTS (SELECT 1
FROM team_member
WHERE team_member.team_id = :team_id_1::VARCHAR AND team_member.officer_id = officer.id) ORDER BY officer.name, officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE officer.department = ANY (:ids_1::VARCHAR[]) AND (officer.name, officer.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY officer.name, officer.id
 LIMIT :param_3::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE officer.department = ANY (:ids_1::VARCHAR[]) ORDER BY officer.name, officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE officer.phone_index IN (__[POSTCOMPILE_phone_index_1]) ORDER BY officer.name, officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE officer.region = :region_1::VARCHAR AND (officer.name, officer.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY officer.name, officer.id
 LIMIT :param_3::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE officer.region = :region_1::VARCHAR ORDER BY officer.name, officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE officer.state = :state_1::VARCHAR AND (officer.name, officer.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY officer.name, officer.id
 LIMIT :param_3::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer
WHERE officer.state = :state_1::VARCHAR ORDER BY officer.name, officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, EXISTS (SELECT 1
FROM team
WHERE team.leader = officer.id AND team.deleted = false) AS leads
FROM officer ORDER BY officer.name, officer.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, officer.sealed, officer.row_seal, officer.body
FROM officer
WHERE officer.department IN (__[POSTCOMPILE_department_1]);

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone_index, officer.sealed, officer.row_seal, officer.body
FROM officer
WHERE officer.id = :id_1::VARCHAR;

SELECT outbox.position, outbox.name, outbox.happened_at, outbox.facts
FROM outbox ORDER BY outbox.position
 LIMIT :param_1::INTEGER;

SELECT phone_change.id
FROM phone_change ORDER BY phone_change.id
 LIMIT :param_1::INTEGER;

SELECT phone_change.id, phone_change.sealed, phone_change.row_seal
FROM phone_change ORDER BY phone_change.id
 LIMIT :param_1::INTEGER;

SELECT phone_change.id, phone_change.version, phone_change.sealed, phone_change.row_seal, phone_change.body
FROM phone_change
WHERE phone_change.id = :id_1::VARCHAR;

SELECT phone_notice.id
FROM phone_notice ORDER BY phone_notice.id
 LIMIT :param_1::INTEGER;

SELECT phone_notice.id, phone_notice.sealed, phone_notice.row_seal
FROM phone_notice ORDER BY phone_notice.id
 LIMIT :param_1::INTEGER;

SELECT phone_notice.id, phone_notice.version, phone_notice.made_at, phone_notice.sent_at, phone_notice.sealed, phone_notice.row_seal, phone_notice.body
FROM phone_notice
WHERE phone_notice.id = :id_1::VARCHAR;

SELECT plan.id
FROM plan ORDER BY plan.id
 LIMIT :param_1::INTEGER;

SELECT plan.id, plan.row_seal
FROM plan ORDER BY plan.id
 LIMIT :param_1::INTEGER;

SELECT plan.id, plan.version
FROM plan;

SELECT plan.id, plan.version, plan.name, plan.scene, plan.plan_year, plan.region, plan.lead_department, plan.state, plan.body, plan.row_seal
FROM plan ORDER BY plan.id
 LIMIT :param_1::INTEGER;

SELECT plan.id, plan.version, plan.name, plan.scene, plan.plan_year, plan.region, plan.lead_department, plan.state, plan.row_seal, plan.body
FROM plan
WHERE plan.id = :id_1::VARCHAR;

SELECT publication.id
FROM publication ORDER BY publication.id
 LIMIT :param_1::INTEGER;

SELECT publication.id, publication.row_seal
FROM publication ORDER BY publication.id
 LIMIT :param_1::INTEGER;

SELECT publication.id, publication.version
FROM publication;

SELECT publication.id, publication.version, publication.task, publication.subject, publication.region, publication.state, publication.formed_on, publication.due_on, publication.until
FROM publication
WHERE publication.state = :state_1::VARCHAR ORDER BY publication.due_on, publication.id
 LIMIT :param_1::INTEGER;

SELECT publication.id, publication.version, publication.task, publication.subject, publication.region, publication.state, publication.formed_on, publication.due_on, publication.until
FROM publication
WHERE publication.task = :task_1::VARCHAR AND publication.state = :state_1::VARCHAR ORDER BY publication.due_on, publication.id
 LIMIT :param_1::INTEGER;

SELECT publication.id, publication.version, publication.task, publication.subject, publication.region, publication.state, publication.formed_on, publication.due_on, publication.until
FROM publication
WHERE publication.task = :task_1::VARCHAR ORDER BY publication.due_on, publication.id
 LIMIT :param_1::INTEGER;

SELECT publication.id, publication.version, publication.task, publication.subject, publication.region, publication.state, publication.formed_on, publication.due_on, publication.until
FROM publication ORDER BY publication.due_on, publication.id
 LIMIT :param_1::INTEGER;

SELECT publication.id, publication.version, publication.task, publication.subject, publication.region, publication.state, publication.formed_on, publication.due_on, publication.until, publication.body, publication.row_seal
FROM publication
WHERE publication.id = :id_1::VARCHAR;

SELECT rectification.id
FROM rectification ORDER BY rectification.id
 LIMIT :param_1::INTEGER;

SELECT rectification.id, rectification.sealed, rectification.row_seal
FROM rectification ORDER BY rectification.id
 LIMIT :param_1::INTEGER;

SELECT rectification.id, rectification.version
FROM rectification;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on
FROM rectification
WHERE (rectification.due_on, rectification.id) > (:param_1::DATE, :param_2::VARCHAR) ORDER BY rectification.due_on, rectification.id
 LIMIT :param_3::INTEGER;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on
FROM rectification
WHERE (rectification.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') AND (rectification.due_on, rectification.id) > (:param_1::DATE, :param_2::VARCHAR) ORDER BY rectification.due_on, rectification.id
 LIMIT :param_3::INTEGER;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on
FROM rectification
WHERE (rectification.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') ORDER BY rectification.due_on, rectification.id
 LIMIT :param_1::INTEGER;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on
FROM rectification
WHERE rectification.department = ANY (:ids_1::VARCHAR[]) AND (rectification.due_on, rectification.id) > (:param_1::DATE, :param_2::VARCHAR) ORDER BY rectification.due_on, rectification.id
 LIMIT :param_3::INTEGER;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on
FROM rectification
WHERE rectification.department = ANY (:ids_1::VARCHAR[]) ORDER BY rectification.due_on, rectification.id
 LIMIT :param_1::INTEGER;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on
FROM rectification
WHERE rectification.region = :region_1::VARCHAR AND (rectification.due_on, rectification.id) > (:param_1::DATE, :param_2::VARCHAR) ORDER BY rectification.due_on, rectification.id
 LIMIT :param_3::INTEGER;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on
FROM rectification
WHERE rectification.region = :region_1::VARCHAR ORDER BY rectification.due_on, rectification.id
 LIMIT :param_1::INTEGER;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on
FROM rectification
WHERE rectification.subject = :subject_1::VARCHAR AND (rectification.due_on, rectification.id) > (:param_1::DATE, :param_2::VARCHAR) ORDER BY rectification.due_on, rectification.id
 LIMIT :param_3::INTEGER;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on
FROM rectification
WHERE rectification.subject = :subject_1::VARCHAR ORDER BY rectification.due_on, rectification.id
 LIMIT :param_1::INTEGER;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on
FROM rectification
WHERE rectification.task = :task_1::VARCHAR AND rectification.state = :state_1::VARCHAR ORDER BY rectification.due_on, rectification.id
 LIMIT :param_1::INTEGER;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on
FROM rectification ORDER BY rectification.due_on, rectification.id
 LIMIT :param_1::INTEGER;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on, rectification.sealed, rectification.body, rectification.row_seal
FROM rectification
WHERE rectification.id = :id_1::VARCHAR;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on, rectification.sealed, rectification.body, rectification.row_seal
FROM rectification
WHERE rectification.subject = :subject_1::VARCHAR ORDER BY rectification.id;

SELECT region.id
FROM region ORDER BY region.id
 LIMIT :param_1::INTEGER;

SELECT region.id, region.row_seal
FROM region ORDER BY region.id
 LIMIT :param_1::INTEGER;

SELECT region.id, region.version
FROM region;

SELECT region.id, region.version, region.position, region.enabled, region.deleted_at, region.content, region.search, region.code, region.parent, region.body, region.row_seal
FROM region ORDER BY region.id
 LIMIT :param_1::INTEGER;

SELECT region.id, region.version, region.position, region.enabled, region.deleted_at, region.content, region.search, region.code, region.parent, region.row_seal, region.body
FROM region
WHERE region.id = :id_1::VARCHAR;

SELECT review.id
FROM review ORDER BY review.id
 LIMIT :param_1::INTEGER;

SELECT review.id, review.row_seal
FROM review ORDER BY review.id
 LIMIT :param_1::INTEGER;

SELECT review.id, review.version
FROM review;

SELECT review.id, review.version, review.visit, review.task, review.body, review.row_seal
FROM review
WHERE review.id = :id_1::VARCHAR;

SELECT risk_model.id
FROM risk_model ORDER BY risk_model.id
 LIMIT :param_1::INTEGER;

SELECT risk_model.id, risk_model.row_seal
FROM risk_model ORDER BY risk_model.id
 LIMIT :param_1::INTEGER;

SELECT risk_model.id, risk_model.version
FROM risk_model;

SELECT risk_model.id, risk_model.version, risk_model.region, risk_model.body, risk_model.row_seal
FROM risk_model
WHERE risk_model.id = :id_1::VARCHAR;

SELECT risk_result.level, count(*) AS count_1
FROM risk_result GROUP BY risk_result.level;

SELECT risk_result.subject_id, risk_result.level, risk_result.total, risk_result.faults, risk_result.p_fines
FROM risk_result ORDER BY risk_result.subject_id;

SELECT safe.id, safe.version, safe.title, safe.sealed, safe.contents, safe.note_index, safe.mark, safe.weight, safe.fragile, safe.due, safe.body, safe.row_seal
FROM safe;

SELECT safe.id, safe.version, safe.title, safe.sealed, safe.contents, safe.note_index, safe.mark, safe.weight, safe.fragile, safe.due, safe.body, safe.row_seal
FROM safe
WHERE safe.id = :id_1::VARCHAR;

SELECT safe.id, safe.version, safe.title, safe.sealed, safe.contents, safe.note_index, safe.mark, safe.weight, safe.fragile, safe.due, safe.body, safe.row_seal
FROM safe
WHERE safe.note_index IN (__[POSTCOMPILE_note_index_1]);

SELECT scene.id
FROM scene ORDER BY scene.id
 LIMIT :param_1::INTEGER;

SELECT scene.id, scene.row_seal
FROM scene ORDER BY scene.id
 LIMIT :param_1::INTEGER;

SELECT scene.id, scene.version
FROM scene;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining
FROM scene
WHERE scene.state != :state_1::VARCHAR AND ((EXISTS (SELECT 1
FROM scene_department
WHERE scene_department.scene_id = scene.id AND scene_department.department = ANY (:ids_1::VARCHAR[]))) OR NOT (EXISTS (SELECT 1
FROM scene_department
WHERE scene_department.scene_id = scene.id))) AND (scene.code, scene.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY scene.code, scene.id
 LIMIT :param_3::INTEGER;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining
FROM scene
WHERE scene.state != :state_1::VARCHAR AND ((EXISTS (SELECT 1
FROM scene_department
WHERE scene_department.scene_id = scene.id AND scene_department.department = ANY (:ids_1::VARCHAR[]))) OR NOT (EXISTS (SELECT 1
FROM scene_department
WHERE scene_department.scene_id = scene.id))) ORDER BY scene.code, scene.id
 LIMIT :param_1::INTEGER;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining
FROM scene
WHERE scene.state != :state_1::VARCHAR AND (scene.code, scene.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY scene.code, scene.id
 LIMIT :param_3::INTEGER;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining
FROM scene
WHERE scene.state != :state_1::VARCHAR AND (scene.name ILIKE '%' || :name_1::VARCHAR || '%' ESCAPE '/') AND (scene.code, scene.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY scene.code, scene.id
 LIMIT :param_3::INTEGER;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining
FROM scene
WHERE scene.state != :state_1::VARCHAR AND (scene.name ILIKE '%' || :name_1::VARCHAR || '%' ESCAPE '/') ORDER BY scene.code, scene.id
 LIMIT :param_1::INTEGER;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining
FROM scene
WHERE scene.state != :state_1::VARCHAR AND (scene.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') AND (scene.code, scene.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY scene.code, scene.id
 LIMIT :param_3::INTEGER;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining
FROM scene
WHERE scene.state != :state_1::VARCHAR AND (scene.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') ORDER BY scene.code, scene.id
 LIMIT :param_1::INTEGER;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining
FROM scene
WHERE scene.state != :state_1::VARCHAR AND scene.region = :region_1::VARCHAR AND (scene.code, scene.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY scene.code, scene.id
 LIMIT :param_3::INTEGER;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining
FROM scene
WHERE scene.state != :state_1::VARCHAR AND scene.region = :region_1::VARCHAR ORDER BY scene.code, scene.id
 LIMIT :param_1::INTEGER;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining
FROM scene
WHERE scene.state != :state_1::VARCHAR AND scene.state = :state_2::VARCHAR AND (scene.code, scene.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY scene.code, scene.id
 LIMIT :param_3::INTEGER;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining
FROM scene
WHERE scene.state != :state_1::VARCHAR AND scene.state = :state_2::VARCHAR ORDER BY scene.code, scene.id
 LIMIT :param_1::INTEGER;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining
FROM scene
WHERE scene.state != :state_1::VARCHAR ORDER BY scene.code, scene.id
 LIMIT :param_1::INTEGER;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining, scene.body, scene.row_seal
FROM scene ORDER BY scene.id
 LIMIT :param_1::INTEGER;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining, scene.row_seal, scene.body
FROM scene
WHERE scene.id = :id_1::VARCHAR;

SELECT second_person_request.id
FROM second_person_request ORDER BY second_person_request.id
 LIMIT :param_1::INTEGER;

SELECT second_person_request.id, second_person_request.sealed, second_person_request.row_seal
FROM second_person_request ORDER BY second_person_request.id
 LIMIT :param_1::INTEGER;

SELECT second_person_request.id, second_person_request.version
FROM second_person_request;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE (second_person_request.id) > (:param_1::VARCHAR) ORDER BY second_person_request.id
 LIMIT :param_2::INTEGER;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE second_person_request.about = :about_1::VARCHAR AND second_person_request.state = :state_1::VARCHAR ORDER BY second_person_request.id;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE second_person_request.asked_by = :asked_by_1::VARCHAR AND second_person_request.state = :state_1::VARCHAR AND second_person_request.lapses_at > :lapses_at_1::TIMESTAMP WITHOUT TIME ZONE ORDER BY second_person_request.id;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE second_person_request.asked_by = :asked_by_1::VARCHAR ORDER BY second_person_request.id
 LIMIT :param_1::INTEGER;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE second_person_request.id = :id_1::VARCHAR;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE second_person_request.state = :state_1::VARCHAR AND second_person_request.lapses_at > :lapses_at_1::TIMESTAMP WITHOUT TIME ZONE AND (second_person_request.id) > (:param_1::VARCHAR) ORDER BY second_person_request.id
 LIMIT :param_2::INTEGER;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE second_person_request.state = :state_1::VARCHAR AND second_person_request.lapses_at > :lapses_at_1::TIMESTAMP WITHOUT TIME ZONE AND second_person_request.asked_by != :asked_by_1::VARCHAR AND second_person_request.about != :about_1::VARCHAR ORDER BY second_person_request.id
 LIMIT :param_1::INTEGER;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request
WHERE second_person_request.state = :state_1::VARCHAR AND second_person_request.lapses_at > :lapses_at_1::TIMESTAMP WITHOUT TIME ZONE ORDER BY second_person_request.id
 LIMIT :param_1::INTEGER;

SELECT second_person_request.id, second_person_request.version, second_person_request.asked_by, second_person_request.about, second_person_request.state, second_person_request.lapses_at, second_person_request.sealed, second_person_request.row_seal, second_person_request.body
FROM second_person_request ORDER BY second_person_request.id
 LIMIT :param_1::INTEGER;

SELECT source_limit.id
FROM source_limit ORDER BY source_limit.id
 LIMIT :param_1::INTEGER;

SELECT source_limit.id, source_limit.row_seal
FROM source_limit ORDER BY source_limit.id
 LIMIT :param_1::INTEGER;

SELECT source_limit.id, source_limit.version, source_limit.row_seal, source_limit.body
FROM source_limit
WHERE source_limit.id = :id_1::VARCHAR FOR UPDATE;

SELECT standard_material.id
FROM standard_material ORDER BY standard_material.id
 LIMIT :param_1::INTEGER;

SELECT standard_material.id, standard_material.row_seal
FROM standard_material ORDER BY standard_material.id
 LIMIT :param_1::INTEGER;

SELECT standard_material.id, standard_material.version
FROM standard_material;

SELECT standard_material.id, standard_material.version, standard_material.region, standard_material.body, standard_material.row_seal
FROM standard_material ORDER BY standard_material.id
 LIMIT :param_1::INTEGER;

SELECT standard_material.id, standard_material.version, standard_material.region, standard_material.row_seal, standard_material.body
FROM standard_material
WHERE standard_material.id = :id_1::VARCHAR;

SELECT subject.code_index
FROM subject
WHERE subject.code_index IS NOT NULL
 LIMIT :param_1::INTEGER;

SELECT subject.id
FROM subject ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id AS subject, wide.entity_type, wide.fines, wide.listed
FROM subject LEFT OUTER JOIN (SELECT marked.subject_id AS subject_id, max(CASE WHEN (marked.place = marked.last_0) THEN marked.entity_type END) AS entity_type, max(CASE WHEN (marked.place = marked.last_1) THEN marked.fines END) AS fines, max(CASE WHEN (marked.place = marked.last_2) THEN marked.listed END) AS listed
FROM (SELECT placed.subject_id AS subject_id, placed.place AS place, placed.entity_type AS entity_type, placed.fines AS fines, placed.listed AS listed, max(CASE WHEN (placed.entity_type IS NOT NULL) THEN placed.place END) OVER (PARTITION BY placed.subject_id) AS last_0, max(CASE WHEN (placed.fines IS NOT NULL) THEN placed.place END) OVER (PARTITION BY placed.subject_id) AS last_1, max(CASE WHEN (placed.listed IS NOT NULL) THEN placed.place END) OVER (PARTITION BY placed.subject_id) AS last_2
FROM (SELECT said.subject_id AS subject_id, row_number() OVER (PARTITION BY said.subject_id ORDER BY said.known_on, said.recorded) AS place, said.entity_type AS entity_type, said.fines AS fines, said.listed AS listed
FROM (SELECT subject_statement.subject_id AS subject_id, subject_statement.known_on AS known_on, subject_statement.recorded AS recorded, subject_statement.entity_type AS entity_type, CAST(NULL AS BIGINT) AS fines, CAST(NULL AS BIGINT) AS listed
FROM subject_statement
WHERE subject_statement.known_on <= :known_on_1::DATE UNION ALL SELECT subject_fact.subject_id AS subject_id, subject_fact.known_on AS known_on, subject_fact.recorded AS recorded, CASE WHEN (subject_fact.name = :name_1::VARCHAR) THEN subject_fact.code_value END AS entity_type, CASE WHEN (subject_fact.name = :name_2::VARCHAR) THEN subject_fact.int_value END AS fines, CASE WHEN (subject_fact.name = :name_3::VARCHAR) THEN subject_fact.int_value END AS listed
FROM subject_fact
WHERE subject_fact.name IN (__[POSTCOMPILE_name_4]) AND subject_fact.known_on <= :known_on_2::DATE) AS said) AS placed) AS marked GROUP BY marked.subject_id) AS wide ON wide.subject_id = subject.id;

SELECT subject.id AS subject, wide.entity_type, wide.fines, wide.listed
FROM subject LEFT OUTER JOIN (SELECT marked.subject_id AS subject_id, max(CASE WHEN (marked.place = marked.last_0) THEN marked.entity_type END) AS entity_type, max(CASE WHEN (marked.place = marked.last_1) THEN marked.fines END) AS fines, max(CASE WHEN (marked.place = marked.last_2) THEN marked.listed END) AS listed
FROM (SELECT placed.subject_id AS subject_id, placed.place AS place, placed.entity_type AS entity_type, placed.fines AS fines, placed.listed AS listed, max(CASE WHEN (placed.entity_type IS NOT NULL) THEN placed.place END) OVER (PARTITION BY placed.subject_id) AS last_0, max(CASE WHEN (placed.fines IS NOT NULL) THEN placed.place END) OVER (PARTITION BY placed.subject_id) AS last_1, max(CASE WHEN (placed.listed IS NOT NULL) THEN placed.place END) OVER (PARTITION BY placed.subject_id) AS last_2
FROM (SELECT said.subject_id AS subject_id, row_number() OVER (PARTITION BY said.subject_id ORDER BY said.known_on, said.recorded) AS place, said.entity_type AS entity_type, said.fines AS fines, said.listed AS listed
FROM (SELECT subject_statement.subject_id AS subject_id, subject_statement.known_on AS known_on, subject_statement.recorded AS recorded, subject_statement.entity_type AS entity_type, CAST(NULL AS BIGINT) AS fines, CAST(NULL AS BIGINT) AS listed
FROM subject_statement
WHERE subject_statement.known_on <= :known_on_1::DATE UNION ALL SELECT subject_fact.subject_id AS subject_id, subject_fact.known_on AS known_on, subject_fact.recorded AS recorded, CASE WHEN (subject_fact.name = :name_1::VARCHAR) THEN subject_fact.code_value END AS entity_type, CASE WHEN (subject_fact.name = :name_2::VARCHAR) THEN subject_fact.int_value END AS fines, CASE WHEN (subject_fact.name = :name_3::VARCHAR) THEN subject_fact.int_value END AS listed
FROM subject_fact
WHERE subject_fact.name IN (__[POSTCOMPILE_name_4]) AND subject_fact.known_on <= :known_on_2::DATE) AS said) AS placed) AS marked GROUP BY marked.subject_id) AS wide ON wide.subject_id = subject.id
WHERE subject.region = :region_1::VARCHAR;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE (EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1]))) AND (subject.id) > (:param_1::VARCHAR) ORDER BY subject.id
 LIMIT :param_2::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE (EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1]))) AND (subject.name, subject.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY subject.name, subject.id
 LIMIT :param_3::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE (subject.id) > (:param_1::VARCHAR) ORDER BY subject.id
 LIMIT :param_2::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE (subject.name, subject.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY subject.name, subject.id
 LIMIT :param_3::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE (subject.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') AND (subject.id) > (:param_1::VARCHAR) ORDER BY subject.id
 LIMIT :param_2::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE (subject.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') AND (subject.name, subject.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY subject.name, subject.id
 LIMIT :param_3::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE (subject.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE (subject.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') ORDER BY subject.name, subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) AND (subject.id) > (:param_1::VARCHAR) ORDER BY subject.id
 LIMIT :param_2::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) AND (subject.name, subject.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY subject.name, subject.id
 LIMIT :param_3::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1])) ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1])) ORDER BY subject.name, subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.category = :category_1::VARCHAR AND (subject.id) > (:param_1::VARCHAR) ORDER BY subject.id
 LIMIT :param_2::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.category = :category_1::VARCHAR AND (subject.name, subject.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY subject.name, subject.id
 LIMIT :param_3::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.category = :category_1::VARCHAR ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.category = :category_1::VARCHAR ORDER BY subject.name, subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.city = :city_1::VARCHAR AND (subject.id) > (:param_1::VARCHAR) ORDER BY subject.id
 LIMIT :param_2::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.city = :city_1::VARCHAR AND (subject.name, subject.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY subject.name, subject.id
 LIMIT :param_3::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.city = :city_1::VARCHAR AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) AND (subject.id) > (:param_1::VARCHAR) ORDER BY subject.id
 LIMIT :param_2::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.city = :city_1::VARCHAR AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) AND (subject.name, subject.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY subject.name, subject.id
 LIMIT :param_3::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.city = :city_1::VARCHAR AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.city = :city_1::VARCHAR AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) ORDER BY subject.name, subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.city = :city_1::VARCHAR AND subject.doubtful = true AND (EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1]))) ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.city = :city_1::VARCHAR AND subject.status = :status_1::VARCHAR ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.city = :city_1::VARCHAR AND subject.status = :status_1::VARCHAR ORDER BY subject.name, subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.city = :city_1::VARCHAR ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.city = :city_1::VARCHAR ORDER BY subject.name, subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.code = :code_1::VARCHAR OR subject.code_index IN (__[POSTCOMPILE_code_index_1]) ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.code = :code_1::VARCHAR OR subject.code_index IN (__[POSTCOMPILE_code_index_1]) ORDER BY subject.name, subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.doubtful = false AND (subject.id) > (:param_1::VARCHAR) ORDER BY subject.id
 LIMIT :param_2::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.doubtful = false AND (subject.name, subject.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY subject.name, subject.id
 LIMIT :param_3::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.doubtful = false ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.doubtful = false ORDER BY subject.name, subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.doubtful = true AND (subject.id) > (:param_1::VARCHAR) ORDER BY subject.id
 LIMIT :param_2::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.doubtful = true AND (subject.name, subject.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY subject.name, subject.id
 LIMIT :param_3::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.doubtful = true ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.doubtful = true ORDER BY subject.name, subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.kind = :kind_1::VARCHAR AND (subject.id) > (:param_1::VARCHAR) ORDER BY subject.id
 LIMIT :param_2::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.kind = :kind_1::VARCHAR AND (subject.name, subject.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY subject.name, subject.id
 LIMIT :param_3::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.kind = :kind_1::VARCHAR ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.kind = :kind_1::VARCHAR ORDER BY subject.name, subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.name >= :name_1::VARCHAR AND subject.name < :name_2::VARCHAR AND (subject.id) > (:param_1::VARCHAR) ORDER BY subject.id
 LIMIT :param_2::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.name >= :name_1::VARCHAR AND subject.name < :name_2::VARCHAR AND (subject.name, subject.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY subject.name, subject.id
 LIMIT :param_3::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.name >= :name_1::VARCHAR AND subject.name < :name_2::VARCHAR ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.name >= :name_1::VARCHAR AND subject.name < :name_2::VARCHAR ORDER BY subject.name, subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.region = :region_1::VARCHAR AND (subject.id) > (:param_1::VARCHAR) ORDER BY subject.id
 LIMIT :param_2::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.region = :region_1::VARCHAR AND (subject.name, subject.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY subject.name, subject.id
 LIMIT :param_3::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.region = :region_1::VARCHAR ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.region = :region_1::VARCHAR ORDER BY subject.name, subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[]))) ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject
WHERE subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[]))) ORDER BY subject.name, subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject JOIN subject_tag ON subject_tag.subject_id = subject.id
WHERE subject.city = :city_1::VARCHAR AND subject.doubtful = true AND subject_tag.tag IN (__[POSTCOMPILE_tag_1]) ORDER BY subject_tag.name, subject_tag.subject_id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject JOIN subject_tag ON subject_tag.subject_id = subject.id
WHERE subject_tag.tag IN (__[POSTCOMPILE_tag_1]) AND (subject_tag.name, subject_tag.subject_id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY subject_tag.name, subject_tag.subject_id
 LIMIT :param_3::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject JOIN subject_tag ON subject_tag.subject_id = subject.id
WHERE subject_tag.tag IN (__[POSTCOMPILE_tag_1]) ORDER BY subject_tag.name, subject_tag.subject_id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.kind, subject.name, subject.code, subject.region, subject.status, subject.industry, subject.tags, subject.doubtful
FROM subject ORDER BY subject.name, subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.sealed, subject.code_index, subject.row_seal
FROM subject
WHERE subject.id > :id_1::VARCHAR ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.sealed, subject.code_index, subject.row_seal
FROM subject ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.version
FROM subject;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.body, subject.sealed, subject.code_index, subject.row_seal
FROM subject
WHERE (subject.id) > (:param_1::VARCHAR) ORDER BY subject.id
 LIMIT :param_2::INTEGER;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.body, subject.sealed, subject.code_index, subject.row_seal
FROM subject ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.sealed, subject.code_index, subject.row_seal, subject.body
FROM subject
WHERE subject.id = :id_1::VARCHAR;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.sealed, subject.code_index, subject.row_seal, subject.body, batch_seal.row_seal AS batch_seal
FROM subject LEFT OUTER JOIN batch_seal ON batch_seal.id = subject.row_seal
WHERE subject.code IN (__[POSTCOMPILE_code_1]);

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.sealed, subject.code_index, subject.row_seal, subject.body, batch_seal.row_seal AS batch_seal
FROM subject LEFT OUTER JOIN batch_seal ON batch_seal.id = subject.row_seal
WHERE subject.id = :id_1::VARCHAR;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.sealed, subject.code_index, subject.row_seal, subject.body, batch_seal.row_seal AS batch_seal
FROM subject LEFT OUTER JOIN batch_seal ON batch_seal.id = subject.row_seal
WHERE subject.id >= :id_1::VARCHAR AND subject.id <= :id_2::VARCHAR;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.sealed, subject.code_index, subject.row_seal, subject.body, batch_seal.row_seal AS batch_seal
FROM subject LEFT OUTER JOIN batch_seal ON batch_seal.id = subject.row_seal
WHERE subject.id IN (__[POSTCOMPILE_id_1]);

SELECT subject.row_seal
FROM subject;

SELECT subject.row_seal
FROM subject
WHERE subject.id = :id_1::VARCHAR;

SELECT subject.sealed
FROM subject;

SELECT subject_department.subject_id, subject_department.department
FROM subject_department
WHERE subject_department.subject_id IN (__[POSTCOMPILE_subject_id_1]);

SELECT subject_fact.row_seal
FROM subject_fact;

SELECT subject_fact.row_seal
FROM subject_fact
WHERE subject_fact.row_seal != :row_seal_1::VARCHAR;

SELECT subject_fact.row_seal
FROM subject_fact
WHERE subject_fact.subject_id = :subject_id_1::VARCHAR;

SELECT subject_fact.row_seal, count(*) AS count_1
FROM subject_fact
WHERE subject_fact.row_seal IN (__[POSTCOMPILE_row_seal_1]) GROUP BY subject_fact.row_seal;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value
FROM subject_fact;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value
FROM subject_fact
WHERE subject_fact.form = :form_1::VARCHAR AND subject_fact.name IN (__[POSTCOMPILE_name_1]) OR subject_fact.form = :form_2::VARCHAR AND subject_fact.name IN (__[POSTCOMPILE_name_2]) OR subject_fact.name IN (__[POSTCOMPILE_name_3]) AND subject_fact.form = :form_3::VARCHAR AND subject_fact.code_value IS NOT NULL ORDER BY subject_fact.subject_id, subject_fact.recorded;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal
FROM subject_fact
WHERE subject_fact.subject_id = :subject_id_1::VARCHAR;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal
FROM subject_fact
WHERE subject_fact.subject_id IN (__[POSTCOMPILE_subject_id_1]);

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal
FROM subject_fact ORDER BY subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source
 LIMIT :param_1::INTEGER;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal, batch_seal.row_seal AS batch_seal
FROM subject_fact LEFT OUTER JOIN batch_seal ON batch_seal.id = subject_fact.row_seal
WHERE subject_fact.subject_id IN (__[POSTCOMPILE_subject_id_1]) AND subject_fact.known_on <= :known_on_1::DATE;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal, batch_seal.row_seal AS batch_seal
FROM subject_fact LEFT OUTER JOIN batch_seal ON batch_seal.id = subject_fact.row_seal ORDER BY subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source
 LIMIT :param_1::INTEGER;

SELECT subject_statement.recorded
FROM subject_statement;

SELECT subject_statement.row_seal
FROM subject_statement;

SELECT subject_statement.row_seal
FROM subject_statement
WHERE subject_statement.subject_id = :subject_id_1::VARCHAR;

SELECT subject_statement.row_seal, count(*) AS count_1
FROM subject_statement
WHERE subject_statement.row_seal IN (__[POSTCOMPILE_row_seal_1]) GROUP BY subject_statement.row_seal;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal
FROM subject_statement
WHERE subject_statement.subject_id = :subject_id_1::VARCHAR;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal
FROM subject_statement
WHERE subject_statement.subject_id IN (__[POSTCOMPILE_subject_id_1]);

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal
FROM subject_statement ORDER BY subject_statement.subject_id, subject_statement.recorded
 LIMIT :param_1::INTEGER;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal, batch_seal.row_seal AS batch_seal
FROM subject_statement LEFT OUTER JOIN batch_seal ON batch_seal.id = subject_statement.row_seal
WHERE subject_statement.subject_id IN (__[POSTCOMPILE_subject_id_1]) AND subject_statement.known_on <= :known_on_1::DATE;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal, batch_seal.row_seal AS batch_seal
FROM subject_statement LEFT OUTER JOIN batch_seal ON batch_seal.id = subject_statement.row_seal ORDER BY subject_statement.subject_id, subject_statement.recorded
 LIMIT :param_1::INTEGER;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.share_freezes_3y, subject_statement.abnormal_listings_3y, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.fraud_alerts_1y, subject_statement.in_liquidation, subject_statement.tax_in_arrears, subject_statement.abnormal_listed, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.entity_type
FROM subject_statement ORDER BY subject_statement.subject_id, subject_statement.recorded;

SELECT subject_tag.subject_id, subject_tag.tag, subject_tag.name
FROM subject_tag
WHERE subject_tag.subject_id IN (__[POSTCOMPILE_subject_id_1]);

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id
WHERE (subject.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') GROUP BY subject_tag.tag;

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id
WHERE EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1])) GROUP BY subject_tag.tag;

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id
WHERE subject.category = :category_1::VARCHAR GROUP BY subject_tag.tag;

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id
WHERE subject.city = :city_1::VARCHAR AND (subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[])))) GROUP BY subject_tag.tag;

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id
WHERE subject.city = :city_1::VARCHAR AND subject.doubtful = true AND (EXISTS (SELECT 1
FROM subject_tag AS subject_tag_1
WHERE subject_tag_1.subject_id = subject.id AND subject_tag_1.tag IN (__[POSTCOMPILE_tag_1]))) GROUP BY subject_tag.tag;

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id
WHERE subject.city = :city_1::VARCHAR AND subject.status = :status_1::VARCHAR GROUP BY subject_tag.tag;

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id
WHERE subject.city = :city_1::VARCHAR GROUP BY subject_tag.tag;

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id
WHERE subject.code = :code_1::VARCHAR OR subject.code_index IN (__[POSTCOMPILE_code_index_1]) GROUP BY subject_tag.tag;

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id
WHERE subject.doubtful = false GROUP BY subject_tag.tag;

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id
WHERE subject.doubtful = true GROUP BY subject_tag.tag;

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id
WHERE subject.kind = :kind_1::VARCHAR GROUP BY subject_tag.tag;

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id
WHERE subject.name >= :name_1::VARCHAR AND subject.name < :name_2::VARCHAR GROUP BY subject_tag.tag;

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id
WHERE subject.region = :region_1::VARCHAR GROUP BY subject_tag.tag;

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id
WHERE subject.shared = true OR (EXISTS (SELECT 1
FROM subject_department
WHERE subject_department.subject_id = subject.id AND subject_department.department = ANY (:ids_1::VARCHAR[]))) GROUP BY subject_tag.tag;

SELECT subject_tag.tag, count(subject_tag.subject_id) AS count_1
FROM subject_tag JOIN subject ON subject.id = subject_tag.subject_id GROUP BY subject_tag.tag;

SELECT synchronisation.id
FROM synchronisation ORDER BY synchronisation.id
 LIMIT :param_1::INTEGER;

SELECT synchronisation.id, synchronisation.row_seal
FROM synchronisation ORDER BY synchronisation.id
 LIMIT :param_1::INTEGER;

SELECT synchronisation.id, synchronisation.version, synchronisation.row_seal, synchronisation.body
FROM synchronisation
WHERE synchronisation.id = :id_1::VARCHAR;

SELECT tag.id
FROM tag ORDER BY tag.id
 LIMIT :param_1::INTEGER;

SELECT tag.id, tag.row_seal
FROM tag ORDER BY tag.id
 LIMIT :param_1::INTEGER;

SELECT tag.id, tag.version
FROM tag;

SELECT tag.id, tag.version, tag.name, tag.region, tag.enabled, tag.body, tag.row_seal
FROM tag ORDER BY tag.id
 LIMIT :param_1::INTEGER;

SELECT tag.id, tag.version, tag.name, tag.region, tag.enabled, tag.row_seal, tag.body
FROM tag
WHERE tag.id = :id_1::VARCHAR;

SELECT tag.id, tag.version, tag.name, tag.region, tag.enabled, tag.row_seal, tag.body
FROM tag
WHERE tag.region IN (__[POSTCOMPILE_region_1]) AND tag.enabled = true;

SELECT task.id
FROM task
WHERE task.code = :code_1::VARCHAR;

SELECT task.id
FROM task ORDER BY task.id
 LIMIT :param_1::INTEGER;

SELECT task.id, task.row_seal
FROM task ORDER BY task.id
 LIMIT :param_1::INTEGER;

SELECT task.id, task.version
FROM task;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE ((EXISTS (SELECT 1
FROM task_department
WHERE task_department.task_id = task.id AND task_department.department = ANY (:ids_1::VARCHAR[]))) OR NOT (EXISTS (SELECT 1
FROM task_department
WHERE task_department.task_id = task.id))) AND (task.code, task.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY task.code, task.id
 LIMIT :param_3::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE (EXISTS (SELECT 1
FROM task_department
WHERE task_department.task_id = task.id AND task_department.department = ANY (:ids_1::VARCHAR[]))) OR NOT (EXISTS (SELECT 1
FROM task_department
WHERE task_department.task_id = task.id)) ORDER BY task.code, task.id
 LIMIT :param_1::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE (task.code, task.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY task.code, task.id
 LIMIT :param_3::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE (task.name ILIKE '%' || :name_1::VARCHAR || '%' ESCAPE '/') AND (task.code, task.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY task.code, task.id
 LIMIT :param_3::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE (task.name ILIKE '%' || :name_1::VARCHAR || '%' ESCAPE '/') ORDER BY task.code, task.id
 LIMIT :param_1::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE (task.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') AND (task.code, task.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY task.code, task.id
 LIMIT :param_3::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE (task.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') ORDER BY task.code, task.id
 LIMIT :param_1::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE task.code = :code_1::VARCHAR ORDER BY task.code, task.id
 LIMIT :param_1::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE task.plan = :plan_1::VARCHAR AND task.kind = :kind_1::VARCHAR AND (task.code, task.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY task.code, task.id
 LIMIT :param_3::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE task.plan = :plan_1::VARCHAR AND task.kind = :kind_1::VARCHAR ORDER BY task.code, task.id
 LIMIT :param_1::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE task.region = :region_1::VARCHAR AND (task.code, task.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY task.code, task.id
 LIMIT :param_3::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE task.region = :region_1::VARCHAR ORDER BY task.code, task.id
 LIMIT :param_1::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE task.scene = :scene_1::VARCHAR AND (task.code, task.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY task.code, task.id
 LIMIT :param_3::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE task.scene = :scene_1::VARCHAR ORDER BY task.code, task.id
 LIMIT :param_1::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task
WHERE task.state = :state_1::VARCHAR ORDER BY task.code, task.id
 LIMIT :param_1::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on
FROM task ORDER BY task.code, task.id
 LIMIT :param_1::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on, task.body, task.row_seal
FROM task
WHERE task.id = :id_1::VARCHAR;

SELECT task.state, count(task.id) AS count_1
FROM task
WHERE (EXISTS (SELECT 1
FROM task_department
WHERE task_department.task_id = task.id AND task_department.department = ANY (:ids_1::VARCHAR[]))) OR NOT (EXISTS (SELECT 1
FROM task_department
WHERE task_department.task_id = task.id)) GROUP BY task.state;

SELECT task.state, count(task.id) AS count_1
FROM task
WHERE (task.name ILIKE '%' || :name_1::VARCHAR || '%' ESCAPE '/') GROUP BY task.state;

SELECT task.state, count(task.id) AS count_1
FROM task
WHERE (task.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') GROUP BY task.state;

SELECT task.state, count(task.id) AS count_1
FROM task
WHERE task.code = :code_1::VARCHAR GROUP BY task.state;

SELECT task.state, count(task.id) AS count_1
FROM task
WHERE task.plan = :plan_1::VARCHAR AND task.kind = :kind_1::VARCHAR GROUP BY task.state;

SELECT task.state, count(task.id) AS count_1
FROM task
WHERE task.region = :region_1::VARCHAR GROUP BY task.state;

SELECT task.state, count(task.id) AS count_1
FROM task
WHERE task.scene = :scene_1::VARCHAR GROUP BY task.state;

SELECT task.state, count(task.id) AS count_1
FROM task
WHERE task.state = :state_1::VARCHAR GROUP BY task.state;

SELECT task.state, count(task.id) AS count_1
FROM task GROUP BY task.state;

SELECT team.id
FROM team ORDER BY team.id
 LIMIT :param_1::INTEGER;

SELECT team.id, team.row_seal
FROM team ORDER BY team.id
 LIMIT :param_1::INTEGER;

SELECT team.id, team.version
FROM team;

SELECT team.id, team.version, team.region, team.leader, team.deleted, team.body, team.row_seal
FROM team ORDER BY team.id
 LIMIT :param_1::INTEGER;

SELECT team.id, team.version, team.region, team.leader, team.deleted, team.row_seal, team.body
FROM team
WHERE team.id = :id_1::VARCHAR;

SELECT transfer.id
FROM transfer ORDER BY transfer.id
 LIMIT :param_1::INTEGER;

SELECT transfer.id, transfer.row_seal
FROM transfer ORDER BY transfer.id
 LIMIT :param_1::INTEGER;

SELECT transfer.id, transfer.version
FROM transfer;

SELECT transfer.id, transfer.version, transfer.body, transfer.row_seal
FROM transfer
WHERE transfer.id = :id_1::VARCHAR;

SELECT user_department.user_id
FROM user_department
WHERE user_department.department IN (__[POSTCOMPILE_department_1]);

SELECT visit.id
FROM visit ORDER BY visit.id
 LIMIT :param_1::INTEGER;

SELECT visit.id, visit.sealed, visit.row_seal
FROM visit ORDER BY visit.id
 LIMIT :param_1::INTEGER;

SELECT visit.id, visit.version
FROM visit;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit
WHERE ((EXISTS (SELECT 1
FROM visit_department
WHERE visit_department.visit_id = visit.id AND visit_department.department = ANY (:ids_1::VARCHAR[]))) OR NOT (EXISTS (SELECT 1
FROM visit_department
WHERE visit_department.visit_id = visit.id))) AND (visit.code, visit.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY visit.code, visit.id
 LIMIT :param_3::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit
WHERE (EXISTS (SELECT 1
FROM visit_department
WHERE visit_department.visit_id = visit.id AND visit_department.department = ANY (:ids_1::VARCHAR[]))) OR NOT (EXISTS (SELECT 1
FROM visit_department
WHERE visit_department.visit_id = visit.id)) ORDER BY visit.code, visit.id
 LIMIT :param_1::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit
WHERE (visit.code, visit.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY visit.code, visit.id
 LIMIT :param_3::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit
WHERE (visit.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') AND (visit.code, visit.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY visit.code, visit.id
 LIMIT :param_3::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit
WHERE (visit.region LIKE :region_1::VARCHAR || '%' ESCAPE '/') ORDER BY visit.code, visit.id
 LIMIT :param_1::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit
WHERE visit.due_on < :due_on_1::DATE AND (visit.code, visit.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY visit.code, visit.id
 LIMIT :param_3::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit
WHERE visit.due_on < :due_on_1::DATE ORDER BY visit.code, visit.id
 LIMIT :param_1::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit
WHERE visit.region = :region_1::VARCHAR AND (visit.code, visit.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY visit.code, visit.id
 LIMIT :param_3::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit
WHERE visit.region = :region_1::VARCHAR ORDER BY visit.code, visit.id
 LIMIT :param_1::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit
WHERE visit.subject = :subject_1::VARCHAR AND visit.formed_on <= :formed_on_1::DATE ORDER BY visit.formed_on, visit.id;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit
WHERE visit.subject = :subject_1::VARCHAR AND visit.is_open = false AND (visit.code, visit.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY visit.code, visit.id
 LIMIT :param_3::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit
WHERE visit.subject = :subject_1::VARCHAR AND visit.is_open = false ORDER BY visit.code, visit.id
 LIMIT :param_1::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit
WHERE visit.task = :task_1::VARCHAR AND visit.is_open = true AND (visit.code, visit.id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY visit.code, visit.id
 LIMIT :param_3::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit
WHERE visit.task = :task_1::VARCHAR AND visit.is_open = true ORDER BY visit.code, visit.id
 LIMIT :param_1::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit JOIN visit_officer ON visit_officer.visit_id = visit.id
WHERE visit.is_open = true AND visit_officer.officer = :officer_1::VARCHAR AND (visit_officer.code, visit_officer.visit_id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY visit_officer.code, visit_officer.visit_id
 LIMIT :param_3::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit JOIN visit_officer ON visit_officer.visit_id = visit.id
WHERE visit.is_open = true AND visit_officer.officer = :officer_1::VARCHAR ORDER BY visit_officer.code, visit_officer.visit_id
 LIMIT :param_1::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit JOIN visit_officer ON visit_officer.visit_id = visit.id
WHERE visit_officer.officer = :officer_1::VARCHAR AND (visit_officer.code, visit_officer.visit_id) > (:param_1::VARCHAR, :param_2::VARCHAR) ORDER BY visit_officer.code, visit_officer.visit_id
 LIMIT :param_3::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit JOIN visit_officer ON visit_officer.visit_id = visit.id
WHERE visit_officer.officer = :officer_1::VARCHAR ORDER BY visit_officer.code, visit_officer.visit_id
 LIMIT :param_1::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable
FROM visit ORDER BY visit.code, visit.id
 LIMIT :param_1::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable, visit.sealed, visit.body, visit.row_seal
FROM visit
WHERE visit.id = :id_1::VARCHAR;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable, visit.sealed, visit.body, visit.row_seal
FROM visit
WHERE visit.id IN (__[POSTCOMPILE_id_1]);

SELECT visit.state, count(visit.id) AS count_1
FROM visit
WHERE visit.task = :task_1::VARCHAR GROUP BY visit.state;

SELECT visit.subject, visit.due_on, visit_department.department, task.plan
FROM visit JOIN visit_department ON visit_department.visit_id = visit.id JOIN task ON task.id = visit.task
WHERE visit.subject IN (__[POSTCOMPILE_subject_1]) AND visit.is_open = true;

SELECT visit.subject, visit_department.department, count(visit.id) AS count_1
FROM visit JOIN visit_department ON visit_department.visit_id = visit.id
WHERE visit.subject IN (__[POSTCOMPILE_subject_1]) AND visit.cap_year = :cap_year_1::BIGINT AND visit_department.department IN (__[POSTCOMPILE_department_1]) GROUP BY visit.subject, visit_department.department;

UPDATE access_group SET version=:version::BIGINT, name=:name::VARCHAR, department=:department::VARCHAR, enabled=:enabled, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE access_group.id = :old_id::VARCHAR AND access_group.version = :old_version::BIGINT;

UPDATE access_role SET version=:version::BIGINT WHERE access_role.id = :id_1::VARCHAR;

UPDATE access_role SET version=:version::BIGINT, name=:name::VARCHAR, department=:department::VARCHAR, enabled=:enabled, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE access_role.id = :old_id::VARCHAR AND access_role.version = :old_version::BIGINT;

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

UPDATE app_user SET body=:body::VARCHAR WHERE app_user.id = :id_1::VARCHAR;

UPDATE app_user SET row_seal=:row_seal::VARCHAR WHERE app_user.id = :id_1::VARCHAR;

UPDATE app_user SET version=:version::BIGINT, login=:login::VARCHAR, living_login=:living_login::VARCHAR, living_user_code=:living_user_code::VARCHAR, party=:party::VARCHAR, home=:home::VARCHAR, kind=:kind::VARCHAR, enabled=:enabled, deleted_at=:deleted_at::TIMESTAMP WITHOUT TIME ZONE, account=:account::VARCHAR, person=:person::VARCHAR, name_index=:name_index::VARCHAR, phone_index=:phone_index::VARCHAR, document_index=:document_index::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE app_user.id = :old_id::VARCHAR AND app_user.version = :old_version::BIGINT;

UPDATE association SET version=:version::BIGINT, region=:region::VARCHAR, sealed=:sealed::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE association.id = :old_id::VARCHAR AND association.version = :old_version::BIGINT;

UPDATE batch_seal SET id=:id::VARCHAR, version=:version::BIGINT, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE batch_seal.id = :id_1::VARCHAR;

UPDATE batch_seal SET row_seal=:row_seal::VARCHAR WHERE batch_seal.id = :id_1::VARCHAR AND batch_seal.version = :version_1::BIGINT;

UPDATE batch_seal SET row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE batch_seal.id = :id_1::VARCHAR;

UPDATE batch_seal SET version=:version::BIGINT;

UPDATE batch_seal SET version=:version::BIGINT, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE batch_seal.id = :old_id::VARCHAR AND batch_seal.version = :old_version::BIGINT;

UPDATE category SET version=:version::BIGINT, name=:name::VARCHAR, region=:region::VARCHAR, parent=:parent::VARCHAR, deleted=:deleted, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE category.id = :old_id::VARCHAR AND category.version = :old_version::BIGINT;

UPDATE challenge SET version=:version::BIGINT, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE challenge.id = :old_id::VARCHAR AND challenge.version = :old_version::BIGINT;

UPDATE check_item SET version=:version::BIGINT, code=:code::VARCHAR, region=:region::VARCHAR, state=:state::VARCHAR, matter_code=:matter_code::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE check_item.id = :old_id::VARCHAR AND check_item.version = :old_version::BIGINT;

UPDATE checklist SET version=:version::BIGINT, code=:code::VARCHAR, region=:region::VARCHAR, name=:name::VARCHAR, trade=:trade::VARCHAR, state=:state::VARCHAR, is_default=:is_default, lead_department=:lead_department::VARCHAR, joining=:joining::VARCHAR, published=:published::BIGINT, item_count=:item_count::BIGINT, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE checklist.id = :old_id::VARCHAR AND checklist.version = :old_version::BIGINT;

UPDATE clue SET version=:version::BIGINT, title=:title::VARCHAR, channel=:channel::VARCHAR, kind=:kind::VARCHAR, state=:state::VARCHAR, subject=:subject::VARCHAR, region=:region::VARCHAR, holder=:holder::VARCHAR, due_on=:due_on::DATE, sealed=:sealed::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE clue.id = :old_id::VARCHAR AND clue.version = :old_version::BIGINT;

UPDATE counter SET upto=(counter.upto + :taken::BIGINT) WHERE counter.name = :counted::VARCHAR;

UPDATE counter SET upto=(counter.upto + :upto_1::BIGINT) WHERE counter.name = :name_1::VARCHAR;

UPDATE counterpart SET version=:version::BIGINT, kind=:kind::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE counterpart.id = :old_id::VARCHAR AND counterpart.version = :old_version::BIGINT;

UPDATE credentials SET body=:body::VARCHAR WHERE credentials.id = :id_1::VARCHAR;

UPDATE credentials SET row_seal=:row_seal::VARCHAR WHERE credentials.id = :id_1::VARCHAR;

UPDATE credentials SET version=:version::BIGINT, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE credentials.id = :old_id::VARCHAR AND credentials.version = :old_version::BIGINT;

UPDATE credit_model SET version=:version::BIGINT, region=:region::VARCHAR, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE credit_model.id = :old_id::VARCHAR AND credit_model.version = :old_version::BIGINT;

UPDATE department SET version=:version::BIGINT, name=:name::VARCHAR, code=:code::VARCHAR, living_code=:living_code::VARCHAR, region=:region::VARCHAR, parent=:parent::VARCHAR, place=:place::BIGINT, enabled=:enabled, deleted_at=:deleted_at::TIMESTAMP WITHOUT TIME ZONE, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE department.id = :old_id::VARCHAR AND department.version = :old_version::BIGINT;

UPDATE document_template SET version=:version::BIGINT, document=:document::VARCHAR, region=:region::VARCHAR, department=:department::VARCHAR, state=:state::VARCHAR, place=:place::BIGINT, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE document_template.id = :old_id::VARCHAR AND document_template.version = :old_version::BIGINT;

UPDATE draw SET pool=:pool::VARCHAR WHERE draw.id = :id_1::VARCHAR;

UPDATE draw SET pool_hash=:pool_hash WHERE draw.id = :id_1::VARCHAR;

UPDATE draw SET row_seal=:row_seal::VARCHAR WHERE draw.id = :id_1::VARCHAR;

UPDATE draw SET version=:version::BIGINT, task=:task::VARCHAR, state=:state::VARCHAR, pool=:pool::VARCHAR, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE draw.id = :old_id::VARCHAR AND draw.version = :old_version::BIGINT;

UPDATE draw SET version=:version::BIGINT, task=:task::VARCHAR, state=:state::VARCHAR, pool_hash=:pool_hash::VARCHAR, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE draw.id = :old_id::VARCHAR AND draw.version = :old_version::BIGINT;

UPDATE evaluation_round SET version=:version::BIGINT, model_id=:model_id::VARCHAR, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE evaluation_round.id = :old_id::VARCHAR AND evaluation_round.version = :old_version::BIGINT;

UPDATE export_request SET version=:version::BIGINT, about=:about::VARCHAR, region=:region::VARCHAR, state=:state::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE export_request.id = :old_id::VARCHAR AND export_request.version = :old_version::BIGINT;

UPDATE face_check SET version=:version::BIGINT, certify_id=:certify_id::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE face_check.id = :old_id::VARCHAR AND face_check.version = :old_version::BIGINT;

UPDATE graded_subject SET grade=:grade::BIGINT WHERE graded_subject.subject_id = :subject_id_1::VARCHAR;

UPDATE graded_subject SET record_hash=:record_hash::VARCHAR, row_seal=:row_seal::VARCHAR WHERE graded_subject.rule_id = :rule_id_1::VARCHAR AND graded_subject.as_of = :as_of_1::DATE AND graded_subject.subject_id = :subject_id_1::VARCHAR;

UPDATE graded_subject SET row_seal=:row_seal::VARCHAR WHERE graded_subject.rule_id = :rule_id_1::VARCHAR AND graded_subject.as_of = :as_of_1::DATE AND graded_subject.subject_id = :subject_id_1::VARCHAR;

UPDATE graded_subject SET row_seal=:row_seal::VARCHAR WHERE graded_subject.subject_id = :subject_id_1::VARCHAR;

UPDATE graded_subject SET rule_id=:rule_id::VARCHAR, as_of=:as_of::DATE, subject_id=:subject_id::VARCHAR, grade=:grade::BIGINT, risk_level=:risk_level::VARCHAR, credit_level=:credit_level::VARCHAR, record=:record::VARCHAR, record_hash=:record_hash::VARCHAR, row_seal=:row_seal::VARCHAR WHERE graded_subject.subject_id = :subject_id_1::VARCHAR;

UPDATE grading_rule SET version=:version::BIGINT, region=:region::VARCHAR, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE grading_rule.id = :old_id::VARCHAR AND grading_rule.version = :old_version::BIGINT;

UPDATE grant_sheet SET version=:version::BIGINT, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE grant_sheet.id = :old_id::VARCHAR AND grant_sheet.version = :old_version::BIGINT;

UPDATE guess_limit SET version=:version::BIGINT, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE guess_limit.id = :old_id::VARCHAR AND guess_limit.version = :old_version::BIGINT;

UPDATE institution SET version=:version::BIGINT, region=:region::VARCHAR, sealed=:sealed::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE institution.id = :old_id::VARCHAR AND institution.version = :old_version::BIGINT;

UPDATE law SET version=:version::BIGINT, title=:title::VARCHAR, in_force_from=:in_force_from::DATE, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE law.id = :old_id::VARCHAR AND law.version = :old_version::BIGINT;

UPDATE log_in SET version=:version::BIGINT, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE log_in.id = :old_id::VARCHAR AND log_in.version = :old_version::BIGINT;

UPDATE log_in_session SET body=:body::VARCHAR WHERE log_in_session.id = :id_1::VARCHAR;

UPDATE log_in_session SET row_seal=:row_seal::VARCHAR WHERE log_in_session.id = :id_1::VARCHAR;

UPDATE log_in_session SET version=:version::BIGINT, owner=:owner::VARCHAR, ended_at=:ended_at::TIMESTAMP WITHOUT TIME ZONE, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE log_in_session.id = :old_id::VARCHAR AND log_in_session.version = :old_version::BIGINT;

UPDATE notice SET version=:version::BIGINT, owner=:owner::VARCHAR, state=:state::VARCHAR, made_at=:made_at::TIMESTAMP WITHOUT TIME ZONE, sealed=:sealed::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE notice.id = :old_id::VARCHAR AND notice.version = :old_version::BIGINT;

UPDATE officer SET version=:version::BIGINT, name=:name::VARCHAR, department=:department::VARCHAR, region=:region::VARCHAR, state=:state::VARCHAR, employer=:employer::VARCHAR, certificate=:certificate::VARCHAR, phone_index=:phone_index::VARCHAR, sealed=:sealed::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE officer.id = :old_id::VARCHAR AND officer.version = :old_version::BIGINT;

UPDATE phone_change SET version=:version::BIGINT, sealed=:sealed::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE phone_change.id = :old_id::VARCHAR AND phone_change.version = :old_version::BIGINT;

UPDATE phone_notice SET version=:version::BIGINT, made_at=:made_at::TIMESTAMP WITHOUT TIME ZONE, sent_at=:sent_at::TIMESTAMP WITHOUT TIME ZONE, sealed=:sealed::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE phone_notice.id = :old_id::VARCHAR AND phone_notice.version = :old_version::BIGINT;

UPDATE plan SET version=:version::BIGINT, name=:name::VARCHAR, scene=:scene::VARCHAR, plan_year=:plan_year::BIGINT, region=:region::VARCHAR, lead_department=:lead_department::VARCHAR, state=:state::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE plan.id = :old_id::VARCHAR AND plan.version = :old_version::BIGINT;

UPDATE publication SET version=:version::BIGINT, task=:task::VARCHAR, subject=:subject::VARCHAR, region=:region::VARCHAR, state=:state::VARCHAR, formed_on=:formed_on::DATE, due_on=:due_on::DATE, until=:until::DATE, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE publication.id = :old_id::VARCHAR AND publication.version = :old_version::BIGINT;

UPDATE rectification SET version=:version::BIGINT, code=:code::VARCHAR, visit=:visit::VARCHAR, task=:task::VARCHAR, subject=:subject::VARCHAR, region=:region::VARCHAR, department=:department::VARCHAR, state=:state::VARCHAR, is_open=:is_open, due_on=:due_on::DATE, sealed=:sealed::VARCHAR, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE rectification.id = :old_id::VARCHAR AND rectification.version = :old_version::BIGINT;

UPDATE region SET version=:version::BIGINT, position=:position::BIGINT, enabled=:enabled, deleted_at=:deleted_at::TIMESTAMP WITHOUT TIME ZONE, content=:content::VARCHAR, search=:search::VARCHAR, code=:code::VARCHAR, parent=:parent::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE region.id = :old_id::VARCHAR AND region.version = :old_version::BIGINT;

UPDATE review SET version=:version::BIGINT, visit=:visit::VARCHAR, task=:task::VARCHAR, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE review.id = :old_id::VARCHAR AND review.version = :old_version::BIGINT;

UPDATE risk_model SET version=:version::BIGINT, region=:region::VARCHAR, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE risk_model.id = :old_id::VARCHAR AND risk_model.version = :old_version::BIGINT;

UPDATE safe SET body=:body::VARCHAR WHERE safe.id = :id_1::VARCHAR;

UPDATE safe SET contents=:contents::VARCHAR WHERE safe.id = :id_1::VARCHAR;

UPDATE safe SET due=:due::DATE WHERE safe.id = :id_1::VARCHAR;

UPDATE safe SET fragile=:fragile WHERE safe.id = :id_1::VARCHAR;

UPDATE safe SET mark=:mark::VARCHAR WHERE safe.id = :id_1::VARCHAR;

UPDATE safe SET note_index=:note_index::VARCHAR WHERE safe.id = :id_1::VARCHAR;

UPDATE safe SET row_seal=:row_seal::VARCHAR WHERE safe.id = :id_1::VARCHAR;

UPDATE safe SET sealed=:sealed::VARCHAR WHERE safe.id = :id_1::VARCHAR;

UPDATE safe SET sealed=:sealed::VARCHAR, contents=:contents::VARCHAR, note_index=:note_index::VARCHAR, row_seal=:row_seal::VARCHAR WHERE safe.id = :id_1::VARCHAR;

UPDATE safe SET title=:title::VARCHAR WHERE safe.id = :id_1::VARCHAR;

UPDATE safe SET version=:version::BIGINT WHERE safe.id = :id_1::VARCHAR;

UPDATE safe SET version=:version::BIGINT, title=:title::VARCHAR, sealed=:sealed::VARCHAR, contents=:contents::VARCHAR, note_index=:note_index::VARCHAR, mark=:mark::VARCHAR, weight=:weight::BIGINT, fragile=:fragile, due=:due::DATE, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE safe.id = :id_1::VARCHAR;

UPDATE safe SET version=:version::BIGINT, title=:title::VARCHAR, sealed=:sealed::VARCHAR, contents=:contents::VARCHAR, note_index=:note_index::VARCHAR, mark=:mark::VARCHAR, weight=:weight::BIGINT, fragile=:fragile, due=:due::DATE, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE safe.id = :old_id::VARCHAR AND safe.version = :old_version::BIGINT;

UPDATE safe SET weight=:weight::BIGINT WHERE safe.id = :id_1::VARCHAR;

UPDATE scene SET version=:version::BIGINT, code=:code::VARCHAR, region=:region::VARCHAR, name=:name::VARCHAR, sort=:sort::VARCHAR, state=:state::VARCHAR, published_at=:published_at::TIMESTAMP WITHOUT TIME ZONE, lead_department=:lead_department::VARCHAR, joining=:joining::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE scene.id = :old_id::VARCHAR AND scene.version = :old_version::BIGINT;

UPDATE second_person_request SET version=:version::BIGINT, asked_by=:asked_by::VARCHAR, about=:about::VARCHAR, state=:state::VARCHAR, lapses_at=:lapses_at::TIMESTAMP WITHOUT TIME ZONE, sealed=:sealed::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE second_person_request.id = :old_id::VARCHAR AND second_person_request.version = :old_version::BIGINT;

UPDATE source_limit SET version=:version::BIGINT, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE source_limit.id = :old_id::VARCHAR AND source_limit.version = :old_version::BIGINT;

UPDATE standard_material SET version=:version::BIGINT, region=:region::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE standard_material.id = :old_id::VARCHAR AND standard_material.version = :old_version::BIGINT;

UPDATE subject SET id=:id::VARCHAR, version=:version::BIGINT, kind=:kind::VARCHAR, name=:name::VARCHAR, code=:code::VARCHAR, region=:region::VARCHAR, city=:city::VARCHAR, status=:status::VARCHAR, industry=:industry::VARCHAR, category=:category::VARCHAR, doubtful=:doubtful, shared=:shared, tags=:tags::VARCHAR, sealed=:sealed::VARCHAR, code_index=:code_index::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE subject.id = :id_1::VARCHAR;

UPDATE subject SET region=:region::VARCHAR WHERE subject.id = :id_1::VARCHAR;

UPDATE subject SET row_seal=:row_seal::VARCHAR WHERE subject.id = :id_1::VARCHAR;

UPDATE subject SET sealed=:sealed::VARCHAR, code_index=:code_index::VARCHAR, row_seal=:row_seal::VARCHAR WHERE subject.id = :id_1::VARCHAR AND subject.version = :version_1::BIGINT;

UPDATE subject SET version=:version::BIGINT, kind=:kind::VARCHAR, name=:name::VARCHAR, code=:code::VARCHAR, region=:region::VARCHAR, city=:city::VARCHAR, status=:status::VARCHAR, industry=:industry::VARCHAR, category=:category::VARCHAR, doubtful=:doubtful, shared=:shared, tags=:tags::VARCHAR, sealed=:sealed::VARCHAR, code_index=:code_index::VARCHAR, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE subject.id = :old_id::VARCHAR AND subject.version = :old_version::BIGINT;

UPDATE subject_fact SET int_value=:int_value::BIGINT WHERE subject_fact.subject_id = :subject_id_1::VARCHAR;

UPDATE subject_fact SET row_seal=:row_seal::VARCHAR WHERE subject_fact.subject_id = :subject_id_1::VARCHAR;

UPDATE subject_fact SET row_seal=:row_seal::VARCHAR WHERE subject_fact.subject_id = :subject_id_1::VARCHAR AND subject_fact.name = :name_1::VARCHAR AND subject_fact.known_on = :known_on_1::DATE AND subject_fact.source = :source_1::VARCHAR;

UPDATE subject_fact SET subject_id=:subject_id::VARCHAR, name=:name::VARCHAR, known_on=:known_on::DATE, source=:source::VARCHAR, recorded=:recorded::BIGINT, form=:form::VARCHAR, int_value=:int_value::BIGINT, code_value=:code_value::VARCHAR, row_seal=:row_seal::VARCHAR WHERE subject_fact.subject_id = :subject_id_1::VARCHAR;

UPDATE subject_statement SET penalties_3y=:penalties_3y::BIGINT WHERE subject_statement.subject_id = :subject_id_1::VARCHAR;

UPDATE subject_statement SET row_seal=:row_seal::VARCHAR WHERE subject_statement.subject_id = :subject_id_1::VARCHAR;

UPDATE subject_statement SET row_seal=:row_seal::VARCHAR WHERE subject_statement.subject_id = :subject_id_1::VARCHAR AND subject_statement.recorded = :recorded_1::BIGINT;

UPDATE subject_statement SET subject_id=:subject_id::VARCHAR, recorded=:recorded::BIGINT, known_on=:known_on::DATE, source=:source::VARCHAR, registered_capital=:registered_capital::BIGINT, shareholders=:shareholders::BIGINT, outside_investments=:outside_investments::BIGINT, branches=:branches::BIGINT, established_on=:established_on::BIGINT, entity_type=:entity_type::VARCHAR, licences=:licences::BIGINT, licence_expires_on=:licence_expires_on::BIGINT, paid_in_capital_share=:paid_in_capital_share::BIGINT, representative_changes_3y=:representative_changes_3y::BIGINT, name_changes_3y=:name_changes_3y::BIGINT, domicile_changes_3y=:domicile_changes_3y::BIGINT, scope_changes_3y=:scope_changes_3y::BIGINT, loss_years_3y=:loss_years_3y::BIGINT, debt_ratio=:debt_ratio::BIGINT, in_liquidation=:in_liquidation::BIGINT, insured_staff=:insured_staff::BIGINT, staff=:staff::BIGINT, tax_paid_1y=:tax_paid_1y::BIGINT, tax_in_arrears=:tax_in_arrears::BIGINT, share_freezes_3y=:share_freezes_3y::BIGINT, abnormal_listed=:abnormal_listed::BIGINT, abnormal_listings_3y=:abnormal_listings_3y::BIGINT, dishonesty_listed=:dishonesty_listed::BIGINT, judgment_defaulter=:judgment_defaulter::BIGINT, credit_repaired=:credit_repaired::BIGINT, penalties_3y=:penalties_3y::BIGINT, penalty_amount_3y=:penalty_amount_3y::BIGINT, lawsuits_3y=:lawsuits_3y::BIGINT, complaints_1y=:complaints_1y::BIGINT, bad_press_1m=:bad_press_1m::BIGINT, accidents_3y=:accidents_3y::BIGINT, sampling_failures_1y=:sampling_failures_1y::BIGINT, major_hazard_source=:major_hazard_source::BIGINT, liability_insured=:liability_insured::BIGINT, quality_deposit_paid=:quality_deposit_paid::BIGINT, fraud_alerts_1y=:fraud_alerts_1y::BIGINT, row_seal=:row_seal::VARCHAR WHERE subject_statement.subject_id = :subject_id_1::VARCHAR;

UPDATE synchronisation SET version=:version::BIGINT, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE synchronisation.id = :old_id::VARCHAR AND synchronisation.version = :old_version::BIGINT;

UPDATE tag SET version=:version::BIGINT, name=:name::VARCHAR, region=:region::VARCHAR, enabled=:enabled, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE tag.id = :old_id::VARCHAR AND tag.version = :old_version::BIGINT;

UPDATE task SET version=:version::BIGINT, code=:code::VARCHAR, name=:name::VARCHAR, scene=:scene::VARCHAR, plan=:plan::VARCHAR, kind=:kind::VARCHAR, state=:state::VARCHAR, region=:region::VARCHAR, lead_department=:lead_department::VARCHAR, starts_on=:starts_on::DATE, ends_on=:ends_on::DATE, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE task.id = :old_id::VARCHAR AND task.version = :old_version::BIGINT;

UPDATE team SET version=:version::BIGINT, region=:region::VARCHAR, leader=:leader::VARCHAR, deleted=:deleted, row_seal=:row_seal::VARCHAR, body=:body::VARCHAR WHERE team.id = :old_id::VARCHAR AND team.version = :old_version::BIGINT;

UPDATE transfer SET version=:version::BIGINT, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE transfer.id = :old_id::VARCHAR AND transfer.version = :old_version::BIGINT;

UPDATE visit SET sealed=:sealed::VARCHAR, row_seal=:row_seal::VARCHAR WHERE visit.id = :id_1::VARCHAR AND visit.version = :version_1::BIGINT;

UPDATE visit SET version=:version::BIGINT, code=:code::VARCHAR, task=:task::VARCHAR, subject=:subject::VARCHAR, region=:region::VARCHAR, state=:state::VARCHAR, is_open=:is_open, due_on=:due_on::DATE, formed_on=:formed_on::DATE, cap_year=:cap_year::BIGINT, findings=:findings::BIGINT, key_findings=:key_findings::BIGINT, obstructed=:obstructed, unreachable=:unreachable, sealed=:sealed::VARCHAR, body=:body::VARCHAR, row_seal=:row_seal::VARCHAR WHERE visit.id = :old_id::VARCHAR AND visit.version = :old_version::BIGINT;
