CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE audit_row (
	position BIGINT NOT NULL,
	happened_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	actor VARCHAR(64) NOT NULL,
	department VARCHAR(64),
	action VARCHAR(80) NOT NULL,
	outcome VARCHAR(10) NOT NULL,
	request VARCHAR(64) NOT NULL,
	targets TEXT NOT NULL,
	note TEXT NOT NULL,
	leaf VARCHAR(64) NOT NULL,
	CONSTRAINT pk_audit_row PRIMARY KEY (position)
);

CREATE INDEX ix_audit_row_action ON audit_row (action, position);

CREATE INDEX ix_audit_row_actor ON audit_row (actor, position);

CREATE INDEX ix_audit_row_happened_at ON audit_row (happened_at);

CREATE TABLE counter (
	name VARCHAR(20) NOT NULL,
	upto BIGINT NOT NULL,
	CONSTRAINT pk_counter PRIMARY KEY (name)
);

CREATE TABLE done_command (
	actor VARCHAR(64) NOT NULL,
	request_key VARCHAR(255) NOT NULL,
	action VARCHAR(80) NOT NULL,
	request VARCHAR(64) NOT NULL,
	answer TEXT NOT NULL,
	CONSTRAINT pk_done_command PRIMARY KEY (actor, request_key)
);

CREATE TABLE outbox (
	position BIGINT NOT NULL,
	name VARCHAR(100) NOT NULL,
	happened_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	facts TEXT NOT NULL,
	CONSTRAINT pk_outbox PRIMARY KEY (position)
);

INSERT INTO counter (name, upto) VALUES (:name::VARCHAR, :upto::BIGINT);

INSERT INTO alembic_version (version_num) VALUES ('0001') RETURNING alembic_version.version_num;

CREATE TABLE association (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_association PRIMARY KEY (id)
);

CREATE TABLE category (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	name VARCHAR(100) NOT NULL,
	region VARCHAR(12) NOT NULL,
	parent VARCHAR(36),
	deleted BOOLEAN NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_category PRIMARY KEY (id)
);

CREATE INDEX ix_category_parent ON category (parent);

CREATE TABLE check_item (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	code VARCHAR(64) NOT NULL,
	region VARCHAR(12) NOT NULL,
	state VARCHAR(10) NOT NULL,
	matter_code VARCHAR(64),
	body TEXT NOT NULL,
	CONSTRAINT pk_check_item PRIMARY KEY (id),
	CONSTRAINT uq_check_item_region UNIQUE (region, code)
);

CREATE INDEX ix_check_item_matter_code ON check_item (matter_code, state);

CREATE TABLE checklist (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	code VARCHAR(64) COLLATE "C" NOT NULL,
	region VARCHAR(12) NOT NULL,
	name VARCHAR(200),
	trade VARCHAR(64),
	state VARCHAR(10) NOT NULL,
	is_default BOOLEAN NOT NULL,
	lead_department VARCHAR(36) NOT NULL,
	joining TEXT NOT NULL,
	published BIGINT NOT NULL,
	item_count BIGINT NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_checklist PRIMARY KEY (id),
	CONSTRAINT uq_checklist_region UNIQUE (region, code)
);

CREATE INDEX ix_checklist_code ON checklist (code, id);

CREATE INDEX ix_checklist_trade ON checklist (trade, code, id);

CREATE TABLE document_template (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	document VARCHAR(40) NOT NULL,
	region VARCHAR(12) NOT NULL,
	department VARCHAR(36) NOT NULL,
	state VARCHAR(10) NOT NULL,
	place BIGINT NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_document_template PRIMARY KEY (id)
);

CREATE INDEX ix_document_template_owner ON document_template (region, department, document);

CREATE TABLE institution (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_institution PRIMARY KEY (id)
);

CREATE TABLE law (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	title VARCHAR(200) NOT NULL,
	in_force_from DATE NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_law PRIMARY KEY (id)
);

CREATE INDEX ix_law_title ON law (title, in_force_from);

CREATE TABLE officer (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	name VARCHAR(100) COLLATE "C" NOT NULL,
	department VARCHAR(36) NOT NULL,
	region VARCHAR(12) NOT NULL,
	state VARCHAR(10) NOT NULL,
	employer VARCHAR(200),
	certificate VARCHAR(64),
	phone VARCHAR(40),
	contact TEXT NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_officer PRIMARY KEY (id)
);

CREATE INDEX ix_officer_department ON officer (department, name, id);

CREATE INDEX ix_officer_name ON officer (name, id);

CREATE INDEX ix_officer_phone ON officer (phone);

CREATE INDEX ix_officer_region ON officer (region, name, id);

CREATE TABLE scene (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	code VARCHAR(64) COLLATE "C" NOT NULL,
	region VARCHAR(12) NOT NULL,
	name VARCHAR(200),
	sort VARCHAR(64),
	state VARCHAR(10) NOT NULL,
	published_at TIMESTAMP WITHOUT TIME ZONE,
	lead_department VARCHAR(36) NOT NULL,
	joining TEXT NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_scene PRIMARY KEY (id),
	CONSTRAINT uq_scene_region UNIQUE (region, code)
);

CREATE INDEX ix_scene_code ON scene (code, id);

CREATE TABLE standard_material (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_standard_material PRIMARY KEY (id)
);

CREATE TABLE subject (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	kind VARCHAR(20) NOT NULL,
	name VARCHAR(200) COLLATE "C" NOT NULL,
	code VARCHAR(64) NOT NULL,
	region VARCHAR(12) NOT NULL,
	city VARCHAR(12) NOT NULL,
	status VARCHAR(20) NOT NULL,
	industry VARCHAR(10),
	category VARCHAR(36),
	doubtful BOOLEAN NOT NULL,
	shared BOOLEAN NOT NULL,
	tags TEXT NOT NULL,
	personal TEXT NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_subject PRIMARY KEY (id),
	CONSTRAINT uq_subject_code UNIQUE (code)
);

CREATE INDEX ix_subject_category ON subject (category, name, id);

CREATE INDEX ix_subject_city ON subject (city, name, id);

CREATE INDEX ix_subject_doubtful ON subject (doubtful, name, id);

CREATE INDEX ix_subject_kind ON subject (kind, name, id);

CREATE INDEX ix_subject_name ON subject (name, id);

CREATE INDEX ix_subject_region ON subject (region, name, id);

CREATE INDEX ix_subject_status ON subject (status, name, id);

CREATE TABLE subject_fact (
	subject_id VARCHAR(36) NOT NULL,
	name VARCHAR(64) NOT NULL,
	known_on DATE NOT NULL,
	source VARCHAR(100) NOT NULL,
	recorded BIGINT NOT NULL,
	form VARCHAR(1) NOT NULL,
	int_value BIGINT,
	code_value VARCHAR(200),
	CONSTRAINT pk_subject_fact PRIMARY KEY (subject_id, name, known_on, source)
);

CREATE TABLE tag (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	name VARCHAR(100) NOT NULL,
	region VARCHAR(12) NOT NULL,
	enabled BOOLEAN NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_tag PRIMARY KEY (id),
	CONSTRAINT uq_tag_region UNIQUE (region, name)
);

CREATE TABLE team (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	leader VARCHAR(36),
	deleted BOOLEAN NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_team PRIMARY KEY (id)
);

CREATE TABLE checklist_department (
	checklist_id VARCHAR(36) NOT NULL,
	department VARCHAR(36) NOT NULL,
	CONSTRAINT pk_checklist_department PRIMARY KEY (checklist_id, department),
	CONSTRAINT fk_checklist_department FOREIGN KEY(checklist_id) REFERENCES checklist (id)
);

CREATE TABLE officer_certificate (
	officer_id VARCHAR(36) NOT NULL,
	code VARCHAR(64) NOT NULL,
	CONSTRAINT pk_officer_certificate PRIMARY KEY (officer_id, code),
	CONSTRAINT fk_officer_certificate FOREIGN KEY(officer_id) REFERENCES officer (id),
	CONSTRAINT uq_officer_certificate_code UNIQUE (code)
);

CREATE TABLE scene_department (
	scene_id VARCHAR(36) NOT NULL,
	department VARCHAR(36) NOT NULL,
	CONSTRAINT pk_scene_department PRIMARY KEY (scene_id, department),
	CONSTRAINT fk_scene_department FOREIGN KEY(scene_id) REFERENCES scene (id)
);

CREATE TABLE subject_department (
	subject_id VARCHAR(36) NOT NULL,
	department VARCHAR(36) NOT NULL,
	CONSTRAINT pk_subject_department PRIMARY KEY (subject_id, department),
	CONSTRAINT fk_subject_department FOREIGN KEY(subject_id) REFERENCES subject (id)
);

CREATE TABLE subject_tag (
	subject_id VARCHAR(36) NOT NULL,
	tag VARCHAR(36) NOT NULL,
	name VARCHAR(200) COLLATE "C" NOT NULL,
	CONSTRAINT pk_subject_tag PRIMARY KEY (subject_id, tag),
	CONSTRAINT fk_subject_tag FOREIGN KEY(subject_id) REFERENCES subject (id)
);

CREATE INDEX ix_subject_tag_tag ON subject_tag (tag, name, subject_id);

CREATE TABLE team_member (
	team_id VARCHAR(36) NOT NULL,
	officer_id VARCHAR(36) NOT NULL,
	CONSTRAINT pk_team_member PRIMARY KEY (team_id, officer_id),
	CONSTRAINT fk_team_member FOREIGN KEY(team_id) REFERENCES team (id)
);

CREATE INDEX ix_team_member_officer_id ON team_member (officer_id);

INSERT INTO counter (name, upto) VALUES (:name::VARCHAR, :upto::BIGINT);

UPDATE alembic_version SET version_num='0002' WHERE alembic_version.version_num = '0001';

CREATE TABLE check_cap (
	department VARCHAR(36) NOT NULL,
	most BIGINT NOT NULL,
	CONSTRAINT pk_check_cap PRIMARY KEY (department)
);

CREATE TABLE clue (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	title VARCHAR(200),
	channel VARCHAR(20) NOT NULL,
	kind VARCHAR(20) NOT NULL,
	state VARCHAR(20) NOT NULL,
	subject VARCHAR(36),
	region VARCHAR(12) NOT NULL,
	holder VARCHAR(36),
	due_on DATE NOT NULL,
	complainant TEXT NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_clue PRIMARY KEY (id)
);

CREATE INDEX ix_clue_channel ON clue (channel, due_on, id);

CREATE INDEX ix_clue_due_on ON clue (due_on, id);

CREATE INDEX ix_clue_state ON clue (state, due_on, id);

CREATE INDEX ix_clue_subject ON clue (subject, due_on, id);

CREATE TABLE credit_model (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_credit_model PRIMARY KEY (id)
);

CREATE TABLE draw (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	task VARCHAR(36) NOT NULL,
	state VARCHAR(20) NOT NULL,
	pool TEXT NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_draw PRIMARY KEY (id)
);

CREATE INDEX ix_draw_task ON draw (task);

CREATE TABLE evaluation_round (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	model_id VARCHAR(36) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_evaluation_round PRIMARY KEY (id)
);

CREATE INDEX ix_evaluation_round_model_id ON evaluation_round (model_id);

CREATE TABLE grading_rule (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_grading_rule PRIMARY KEY (id)
);

CREATE TABLE plan (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	name VARCHAR(200) COLLATE "C" NOT NULL,
	scene VARCHAR(36) NOT NULL,
	plan_year BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	lead_department VARCHAR(36) NOT NULL,
	state VARCHAR(20) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_plan PRIMARY KEY (id)
);

CREATE INDEX ix_plan_plan_year ON plan (plan_year, name, id);

CREATE INDEX ix_plan_scene ON plan (scene, name, id);

CREATE TABLE publication (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	task VARCHAR(36) NOT NULL,
	subject VARCHAR(36) NOT NULL,
	region VARCHAR(12) NOT NULL,
	state VARCHAR(20) NOT NULL,
	formed_on DATE NOT NULL,
	due_on DATE NOT NULL,
	until DATE,
	body TEXT NOT NULL,
	CONSTRAINT pk_publication PRIMARY KEY (id)
);

CREATE INDEX ix_publication_due_on ON publication (due_on, id);

CREATE INDEX ix_publication_state ON publication (state, due_on, id);

CREATE INDEX ix_publication_task ON publication (task, due_on, id);

CREATE TABLE rectification (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	code VARCHAR(64) NOT NULL,
	visit VARCHAR(36) NOT NULL,
	task VARCHAR(36) NOT NULL,
	subject VARCHAR(36) NOT NULL,
	region VARCHAR(12) NOT NULL,
	department VARCHAR(36) NOT NULL,
	state VARCHAR(20) NOT NULL,
	is_open BOOLEAN NOT NULL,
	due_on DATE NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_rectification PRIMARY KEY (id)
);

CREATE INDEX ix_rectification_department ON rectification (department, due_on, id);

CREATE INDEX ix_rectification_due_on ON rectification (due_on, id);

CREATE INDEX ix_rectification_state ON rectification (state, due_on, id);

CREATE INDEX ix_rectification_subject ON rectification (subject, due_on, id);

CREATE INDEX ix_rectification_task ON rectification (task, due_on, id);

CREATE TABLE review (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	visit VARCHAR(36) NOT NULL,
	task VARCHAR(36) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_review PRIMARY KEY (id)
);

CREATE TABLE risk_model (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_risk_model PRIMARY KEY (id)
);

CREATE TABLE task (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	code VARCHAR(64) COLLATE "C" NOT NULL,
	name VARCHAR(200) NOT NULL,
	scene VARCHAR(36) NOT NULL,
	plan VARCHAR(36),
	kind VARCHAR(10) NOT NULL,
	state VARCHAR(20) NOT NULL,
	region VARCHAR(12) NOT NULL,
	lead_department VARCHAR(36) NOT NULL,
	starts_on DATE NOT NULL,
	ends_on DATE NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_task PRIMARY KEY (id),
	CONSTRAINT uq_task_code UNIQUE (code)
);

CREATE INDEX ix_task_plan ON task (plan, code, id);

CREATE INDEX ix_task_region ON task (region, code, id);

CREATE INDEX ix_task_scene ON task (scene, code, id);

CREATE INDEX ix_task_state ON task (state, code, id);

CREATE TABLE transfer (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_transfer PRIMARY KEY (id)
);

CREATE TABLE visit (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	code VARCHAR(64) COLLATE "C" NOT NULL,
	task VARCHAR(36) NOT NULL,
	subject VARCHAR(36) NOT NULL,
	region VARCHAR(12) NOT NULL,
	state VARCHAR(20) NOT NULL,
	is_open BOOLEAN NOT NULL,
	due_on DATE NOT NULL,
	formed_on DATE,
	cap_year BIGINT,
	findings BIGINT NOT NULL,
	key_findings BIGINT NOT NULL,
	obstructed BOOLEAN NOT NULL,
	unreachable BOOLEAN NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_visit PRIMARY KEY (id)
);

CREATE INDEX ix_visit_code ON visit (code, id);

CREATE INDEX ix_visit_due_on ON visit (due_on);

CREATE INDEX ix_visit_is_open ON visit (is_open, code, id);

CREATE INDEX ix_visit_region ON visit (region, code, id);

CREATE INDEX ix_visit_subject ON visit (subject, code, id);

CREATE INDEX ix_visit_task ON visit (task, code, id);

CREATE TABLE clue_department (
	clue_id VARCHAR(36) NOT NULL,
	department VARCHAR(36) NOT NULL,
	CONSTRAINT pk_clue_department PRIMARY KEY (clue_id, department),
	CONSTRAINT fk_clue_department FOREIGN KEY(clue_id) REFERENCES clue (id)
);

CREATE TABLE task_department (
	task_id VARCHAR(36) NOT NULL,
	department VARCHAR(36) NOT NULL,
	CONSTRAINT pk_task_department PRIMARY KEY (task_id, department),
	CONSTRAINT fk_task_department FOREIGN KEY(task_id) REFERENCES task (id)
);

CREATE INDEX ix_task_department_department ON task_department (department, task_id);

CREATE TABLE visit_department (
	visit_id VARCHAR(36) NOT NULL,
	department VARCHAR(36) NOT NULL,
	task VARCHAR(36) NOT NULL,
	is_open BOOLEAN NOT NULL,
	CONSTRAINT pk_visit_department PRIMARY KEY (visit_id, department),
	CONSTRAINT fk_visit_department FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE INDEX ix_visit_department_task ON visit_department (task, department, is_open);

CREATE TABLE visit_officer (
	visit_id VARCHAR(36) NOT NULL,
	officer VARCHAR(36) NOT NULL,
	code VARCHAR(64) COLLATE "C" NOT NULL,
	CONSTRAINT pk_visit_officer PRIMARY KEY (visit_id, officer),
	CONSTRAINT fk_visit_officer FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE INDEX ix_visit_officer_officer ON visit_officer (officer, code, visit_id);

UPDATE alembic_version SET version_num='0003' WHERE alembic_version.version_num = '0002';

CREATE TABLE graded_subject (
	rule_id VARCHAR(36) NOT NULL,
	as_of DATE NOT NULL,
	subject_id VARCHAR(36) NOT NULL,
	grade BIGINT,
	risk_level VARCHAR(30),
	credit_level VARCHAR(30),
	record TEXT NOT NULL,
	CONSTRAINT pk_graded_subject PRIMARY KEY (rule_id, as_of, subject_id)
);

CREATE INDEX ix_graded_subject_subject_id ON graded_subject (subject_id, as_of);

UPDATE alembic_version SET version_num='0004' WHERE alembic_version.version_num = '0003';

CREATE TABLE access_group (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	name VARCHAR(100) COLLATE "C" NOT NULL,
	department VARCHAR(36),
	enabled BOOLEAN NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_access_group PRIMARY KEY (id)
);

CREATE INDEX ix_access_group_name ON access_group (name, id);

CREATE TABLE access_role (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	name VARCHAR(100) COLLATE "C" NOT NULL,
	department VARCHAR(36),
	enabled BOOLEAN NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_access_role PRIMARY KEY (id)
);

CREATE INDEX ix_access_role_name ON access_role (name, id);

CREATE TABLE app_user (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	login VARCHAR(64) COLLATE "C" NOT NULL,
	living_login VARCHAR(64),
	living_user_code VARCHAR(128),
	party VARCHAR(64),
	home VARCHAR(36),
	kind VARCHAR(20) NOT NULL,
	enabled BOOLEAN NOT NULL,
	deleted_at TIMESTAMP WITHOUT TIME ZONE,
	account TEXT NOT NULL,
	person TEXT NOT NULL,
	name_index VARCHAR(80),
	phone_index VARCHAR(80),
	document_index VARCHAR(80),
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_app_user PRIMARY KEY (id),
	CONSTRAINT uq_app_user_living_login UNIQUE (living_login),
	CONSTRAINT uq_app_user_living_user_code UNIQUE (living_user_code)
);

CREATE INDEX ix_app_user_document_index ON app_user (document_index);

CREATE INDEX ix_app_user_login ON app_user (login, id);

CREATE INDEX ix_app_user_name_index ON app_user (name_index);

CREATE INDEX ix_app_user_party ON app_user (party);

CREATE INDEX ix_app_user_phone_index ON app_user (phone_index);

CREATE TABLE challenge (
	id VARCHAR(64) NOT NULL,
	version BIGINT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_challenge PRIMARY KEY (id)
);

CREATE TABLE credentials (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_credentials PRIMARY KEY (id)
);

CREATE TABLE department (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	name VARCHAR(200) COLLATE "C" NOT NULL,
	code VARCHAR(64) NOT NULL,
	living_code VARCHAR(64),
	region VARCHAR(12) NOT NULL,
	parent VARCHAR(36),
	place BIGINT NOT NULL,
	enabled BOOLEAN NOT NULL,
	deleted_at TIMESTAMP WITHOUT TIME ZONE,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_department PRIMARY KEY (id),
	CONSTRAINT uq_department_living_code UNIQUE (living_code)
);

CREATE INDEX ix_department_parent ON department (parent, place, id);

CREATE INDEX ix_department_region ON department (region, place, id);

CREATE TABLE directory_change (
	position BIGINT NOT NULL,
	kind VARCHAR(20) NOT NULL,
	changed VARCHAR(36) NOT NULL,
	change VARCHAR(10) NOT NULL,
	happened_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_directory_change PRIMARY KEY (position)
);

CREATE TABLE grant_sheet (
	id VARCHAR(64) NOT NULL,
	version BIGINT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_grant_sheet PRIMARY KEY (id)
);

CREATE TABLE log_in (
	id VARCHAR(64) NOT NULL,
	version BIGINT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_log_in PRIMARY KEY (id)
);

CREATE TABLE log_in_session (
	id VARCHAR(64) NOT NULL,
	version BIGINT NOT NULL,
	owner VARCHAR(36) NOT NULL,
	ended_at TIMESTAMP WITHOUT TIME ZONE,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_log_in_session PRIMARY KEY (id)
);

CREATE INDEX ix_log_in_session_owner ON log_in_session (owner);

CREATE TABLE permission_seal (
	kind VARCHAR(20) NOT NULL,
	sealed_id VARCHAR(64) NOT NULL,
	seal VARCHAR(80) NOT NULL,
	CONSTRAINT pk_permission_seal PRIMARY KEY (kind, sealed_id)
);

CREATE TABLE region (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	position BIGINT NOT NULL,
	enabled BOOLEAN NOT NULL,
	deleted_at TIMESTAMP WITHOUT TIME ZONE,
	content TEXT NOT NULL,
	search TEXT NOT NULL,
	code VARCHAR(12) NOT NULL,
	parent VARCHAR(12),
	body TEXT NOT NULL,
	CONSTRAINT pk_region PRIMARY KEY (id)
);

CREATE INDEX ix_region_position ON region (position, id);

CREATE TABLE source_limit (
	id VARCHAR(64) NOT NULL,
	version BIGINT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_source_limit PRIMARY KEY (id)
);

CREATE TABLE credentials_certificate (
	credentials_id VARCHAR(36) NOT NULL,
	thumbprint VARCHAR(128) NOT NULL,
	CONSTRAINT pk_credentials_cert PRIMARY KEY (credentials_id, thumbprint),
	CONSTRAINT fk_credentials_certificate FOREIGN KEY(credentials_id) REFERENCES credentials (id),
	CONSTRAINT uq_credentials_cert_thumb UNIQUE (thumbprint)
);

CREATE TABLE region_cell (
	entry_id VARCHAR(36) NOT NULL,
	name VARCHAR(40) NOT NULL,
	digest VARCHAR(64) NOT NULL,
	living VARCHAR(64),
	CONSTRAINT pk_region_cell PRIMARY KEY (entry_id, name),
	CONSTRAINT fk_region_cell FOREIGN KEY(entry_id) REFERENCES region (id),
	CONSTRAINT uq_region_cell_living UNIQUE (living)
);

CREATE INDEX ix_region_cell_digest ON region_cell (digest, entry_id);

CREATE TABLE user_department (
	user_id VARCHAR(36) NOT NULL,
	department VARCHAR(36) NOT NULL,
	place BIGINT NOT NULL,
	CONSTRAINT pk_user_department PRIMARY KEY (user_id, department),
	CONSTRAINT fk_user_department FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE INDEX ix_user_department_department ON user_department (department, place, user_id);

INSERT INTO counter (name, upto) VALUES (:name::VARCHAR, :upto::BIGINT);

UPDATE alembic_version SET version_num='0005' WHERE alembic_version.version_num = '0004';

CREATE TABLE audit_checkpoint (
	tree_size BIGINT NOT NULL,
	log_id VARCHAR(36) NOT NULL,
	root VARCHAR(64) NOT NULL,
	made_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	previous VARCHAR(64) NOT NULL,
	frontier TEXT NOT NULL,
	signature TEXT NOT NULL,
	CONSTRAINT pk_audit_checkpoint PRIMARY KEY (tree_size),
	CONSTRAINT uq_audit_checkpoint_previous UNIQUE (previous)
);

CREATE TABLE audit_cosignature (
	tree_size BIGINT NOT NULL,
	witness VARCHAR(64) NOT NULL,
	made_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	signature TEXT NOT NULL,
	CONSTRAINT pk_audit_cosignature PRIMARY KEY (tree_size, witness)
);

CREATE INDEX ix_audit_cosignature_witness ON audit_cosignature (witness, tree_size);

CREATE TABLE audit_segment (
	first_row BIGINT NOT NULL,
	upto BIGINT NOT NULL,
	file_name VARCHAR(200) NOT NULL,
	digest VARCHAR(64) NOT NULL,
	made_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_audit_segment PRIMARY KEY (first_row)
);

UPDATE alembic_version SET version_num='0006' WHERE alembic_version.version_num = '0005';

CREATE TABLE key_mark (
	name VARCHAR(20) NOT NULL,
	key_version BIGINT NOT NULL,
	mark VARCHAR(64) NOT NULL,
	CONSTRAINT pk_key_mark PRIMARY KEY (name, key_version)
);

ALTER TABLE subject ADD COLUMN sealed TEXT DEFAULT '-' NOT NULL;

ALTER TABLE officer ADD COLUMN sealed TEXT DEFAULT '-' NOT NULL;

ALTER TABLE clue ADD COLUMN sealed TEXT DEFAULT '-' NOT NULL;

ALTER TABLE institution ADD COLUMN sealed TEXT DEFAULT '-' NOT NULL;

ALTER TABLE association ADD COLUMN sealed TEXT DEFAULT '-' NOT NULL;

ALTER TABLE visit ADD COLUMN sealed TEXT DEFAULT '-' NOT NULL;

ALTER TABLE rectification ADD COLUMN sealed TEXT DEFAULT '-' NOT NULL;

ALTER TABLE checklist ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE task ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE visit ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE rectification ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE publication ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE transfer ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE review ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE risk_model ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE credit_model ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE evaluation_round ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE grading_rule ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE draw ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE graded_subject ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE graded_subject ADD COLUMN record_hash VARCHAR(64) DEFAULT '-' NOT NULL;

ALTER TABLE subject ADD COLUMN code_index VARCHAR(80);

ALTER TABLE officer ADD COLUMN phone_index VARCHAR(80);

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.personal, subject.body, subject.sealed, subject.code_index
FROM subject ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.phone, officer.contact, officer.body, officer.sealed, officer.phone_index
FROM officer ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on, clue.complainant, clue.body, clue.sealed
FROM clue ORDER BY clue.id
 LIMIT :param_1::INTEGER;

SELECT institution.id, institution.version, institution.region, institution.body, institution.sealed
FROM institution ORDER BY institution.id
 LIMIT :param_1::INTEGER;

SELECT association.id, association.version, association.region, association.body, association.sealed
FROM association ORDER BY association.id
 LIMIT :param_1::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable, visit.body, visit.sealed, visit.row_seal
FROM visit ORDER BY visit.id
 LIMIT :param_1::INTEGER;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on, rectification.body, rectification.sealed, rectification.row_seal
FROM rectification ORDER BY rectification.id
 LIMIT :param_1::INTEGER;

CREATE UNIQUE INDEX ix_subject_code_index ON subject (code_index);

CREATE INDEX ix_officer_phone_index ON officer (phone_index);

DROP INDEX ix_officer_phone;

ALTER TABLE officer DROP COLUMN phone;

ALTER TABLE subject DROP COLUMN personal;

ALTER TABLE officer DROP COLUMN contact;

ALTER TABLE clue DROP COLUMN complainant;

SELECT checklist.id, checklist.version, checklist.code, checklist.region, checklist.name, checklist.trade, checklist.state, checklist.is_default, checklist.lead_department, checklist.joining, checklist.published, checklist.item_count, checklist.body, checklist.row_seal
FROM checklist ORDER BY checklist.id
 LIMIT :param_1::INTEGER;

SELECT task.id, task.version, task.code, task.name, task.scene, task.plan, task.kind, task.state, task.region, task.lead_department, task.starts_on, task.ends_on, task.body, task.row_seal
FROM task ORDER BY task.id
 LIMIT :param_1::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable, visit.body, visit.sealed, visit.row_seal
FROM visit ORDER BY visit.id
 LIMIT :param_1::INTEGER;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on, rectification.body, rectification.sealed, rectification.row_seal
FROM rectification ORDER BY rectification.id
 LIMIT :param_1::INTEGER;

SELECT publication.id, publication.version, publication.task, publication.subject, publication.region, publication.state, publication.formed_on, publication.due_on, publication.until, publication.body, publication.row_seal
FROM publication ORDER BY publication.id
 LIMIT :param_1::INTEGER;

SELECT transfer.id, transfer.version, transfer.body, transfer.row_seal
FROM transfer ORDER BY transfer.id
 LIMIT :param_1::INTEGER;

SELECT review.id, review.version, review.visit, review.task, review.body, review.row_seal
FROM review ORDER BY review.id
 LIMIT :param_1::INTEGER;

SELECT risk_model.id, risk_model.version, risk_model.region, risk_model.body, risk_model.row_seal
FROM risk_model ORDER BY risk_model.id
 LIMIT :param_1::INTEGER;

SELECT credit_model.id, credit_model.version, credit_model.region, credit_model.body, credit_model.row_seal
FROM credit_model ORDER BY credit_model.id
 LIMIT :param_1::INTEGER;

SELECT evaluation_round.id, evaluation_round.version, evaluation_round.model_id, evaluation_round.body, evaluation_round.row_seal
FROM evaluation_round ORDER BY evaluation_round.id
 LIMIT :param_1::INTEGER;

SELECT grading_rule.id, grading_rule.version, grading_rule.region, grading_rule.body, grading_rule.row_seal
FROM grading_rule ORDER BY grading_rule.id
 LIMIT :param_1::INTEGER;

SELECT draw.id, draw.version, draw.task, draw.state, draw.pool, draw.body, draw.row_seal
FROM draw ORDER BY draw.id
 LIMIT :param_1::INTEGER;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject.record, graded_subject.row_seal, graded_subject.record_hash
FROM graded_subject ORDER BY graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id
 LIMIT :param_1::INTEGER;

UPDATE alembic_version SET version_num='0007' WHERE alembic_version.version_num = '0006';

CREATE TABLE subject_statement (
	subject_id VARCHAR(36) NOT NULL,
	recorded BIGINT NOT NULL,
	known_on DATE NOT NULL,
	source VARCHAR(100) NOT NULL,
	registered_capital BIGINT,
	shareholders BIGINT,
	outside_investments BIGINT,
	branches BIGINT,
	established_on BIGINT,
	licences BIGINT,
	licence_expires_on BIGINT,
	paid_in_capital_share BIGINT,
	representative_changes_3y BIGINT,
	name_changes_3y BIGINT,
	domicile_changes_3y BIGINT,
	scope_changes_3y BIGINT,
	loss_years_3y BIGINT,
	debt_ratio BIGINT,
	insured_staff BIGINT,
	staff BIGINT,
	tax_paid_1y BIGINT,
	share_freezes_3y BIGINT,
	abnormal_listings_3y BIGINT,
	penalties_3y BIGINT,
	penalty_amount_3y BIGINT,
	lawsuits_3y BIGINT,
	complaints_1y BIGINT,
	bad_press_1m BIGINT,
	accidents_3y BIGINT,
	sampling_failures_1y BIGINT,
	fraud_alerts_1y BIGINT,
	in_liquidation BIGINT,
	tax_in_arrears BIGINT,
	abnormal_listed BIGINT,
	dishonesty_listed BIGINT,
	judgment_defaulter BIGINT,
	credit_repaired BIGINT,
	major_hazard_source BIGINT,
	liability_insured BIGINT,
	quality_deposit_paid BIGINT,
	entity_type VARCHAR(200),
	CONSTRAINT pk_subject_statement PRIMARY KEY (subject_id, recorded)
);

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value
FROM subject_fact
WHERE subject_fact.form = :form_1::VARCHAR AND subject_fact.name IN (__[POSTCOMPILE_name_1]) OR subject_fact.form = :form_2::VARCHAR AND subject_fact.name IN (__[POSTCOMPILE_name_2]) OR subject_fact.name IN (__[POSTCOMPILE_name_3]) AND subject_fact.form = :form_3::VARCHAR AND subject_fact.code_value IS NOT NULL ORDER BY subject_fact.subject_id, subject_fact.recorded;

DELETE FROM subject_fact WHERE subject_fact.form = :form_1::VARCHAR AND subject_fact.name IN (__[POSTCOMPILE_name_1]) OR subject_fact.form = :form_2::VARCHAR AND subject_fact.name IN (__[POSTCOMPILE_name_2]) OR subject_fact.name IN (__[POSTCOMPILE_name_3]) AND subject_fact.form = :form_3::VARCHAR AND subject_fact.code_value IS NOT NULL;

UPDATE alembic_version SET version_num='0008' WHERE alembic_version.version_num = '0007';

CREATE TABLE department_administrator (
	department_id VARCHAR(36) NOT NULL,
	user_id VARCHAR(36) NOT NULL,
	CONSTRAINT pk_department_administrator PRIMARY KEY (department_id, user_id),
	CONSTRAINT fk_department_administrator FOREIGN KEY(department_id) REFERENCES department (id)
);

CREATE INDEX ix_department_administrator ON department_administrator (user_id, department_id);

SELECT department.id, department.body
FROM department ORDER BY department.id;

UPDATE alembic_version SET version_num='0009' WHERE alembic_version.version_num = '0008';

CREATE TABLE export_request (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	about VARCHAR(36) NOT NULL,
	region VARCHAR(12) NOT NULL,
	state VARCHAR(10) NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_export_request PRIMARY KEY (id)
);

CREATE INDEX ix_export_request_state ON export_request (state, id);

UPDATE alembic_version SET version_num='0010' WHERE alembic_version.version_num = '0009';

CREATE TABLE face_check (
	id VARCHAR(64) NOT NULL,
	version BIGINT NOT NULL,
	certify_id VARCHAR(128),
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_face_check PRIMARY KEY (id),
	CONSTRAINT uq_face_check_certify_id UNIQUE (certify_id)
);

UPDATE alembic_version SET version_num='0011' WHERE alembic_version.version_num = '0010';

CREATE TABLE grant_holding (
	sheet_id VARCHAR(64) NOT NULL,
	kind VARCHAR(10) NOT NULL,
	held VARCHAR(36) NOT NULL,
	holder VARCHAR(36) NOT NULL,
	CONSTRAINT pk_grant_holding PRIMARY KEY (sheet_id, kind, held),
	CONSTRAINT fk_grant_holding FOREIGN KEY(sheet_id) REFERENCES grant_sheet (id)
);

CREATE INDEX ix_grant_holding_held ON grant_holding (kind, held, sheet_id);

SELECT grant_sheet.id, grant_sheet.body
FROM grant_sheet ORDER BY grant_sheet.id;

UPDATE alembic_version SET version_num='0012' WHERE alembic_version.version_num = '0011';

CREATE TABLE counterpart (
	id VARCHAR(64) NOT NULL,
	version BIGINT NOT NULL,
	kind VARCHAR(20) NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_counterpart PRIMARY KEY (id)
);

CREATE INDEX ix_counterpart_kind ON counterpart (kind, id);

UPDATE alembic_version SET version_num='0013' WHERE alembic_version.version_num = '0012';

CREATE TABLE notice (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	owner VARCHAR(36) NOT NULL,
	state VARCHAR(10) NOT NULL,
	made_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_notice PRIMARY KEY (id)
);

CREATE INDEX ix_notice_owner ON notice (owner, made_at, id);

CREATE INDEX ix_notice_state ON notice (state, made_at, id);

UPDATE alembic_version SET version_num='0014' WHERE alembic_version.version_num = '0013';

CREATE TABLE synchronisation (
	id VARCHAR(20) NOT NULL,
	version BIGINT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_synchronisation PRIMARY KEY (id)
);

UPDATE alembic_version SET version_num='0015' WHERE alembic_version.version_num = '0014';

ALTER TABLE association ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE category ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE check_item ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE clue ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE document_template ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE institution ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE law ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE officer ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE plan ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE region ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE scene ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE standard_material ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE subject ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE tag ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE team ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE subject_fact ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE subject_statement ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

SELECT association.id, association.version, association.region, association.body, association.sealed, association.row_seal
FROM association ORDER BY association.id
 LIMIT :param_1::INTEGER;

SELECT category.id, category.version, category.name, category.region, category.parent, category.deleted, category.body, category.row_seal
FROM category ORDER BY category.id
 LIMIT :param_1::INTEGER;

SELECT check_item.id, check_item.version, check_item.code, check_item.region, check_item.state, check_item.matter_code, check_item.body, check_item.row_seal
FROM check_item ORDER BY check_item.id
 LIMIT :param_1::INTEGER;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on, clue.body, clue.sealed, clue.row_seal
FROM clue ORDER BY clue.id
 LIMIT :param_1::INTEGER;

SELECT document_template.id, document_template.version, document_template.document, document_template.region, document_template.department, document_template.state, document_template.place, document_template.body, document_template.row_seal
FROM document_template ORDER BY document_template.id
 LIMIT :param_1::INTEGER;

SELECT institution.id, institution.version, institution.region, institution.body, institution.sealed, institution.row_seal
FROM institution ORDER BY institution.id
 LIMIT :param_1::INTEGER;

SELECT law.id, law.version, law.title, law.in_force_from, law.body, law.row_seal
FROM law ORDER BY law.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.body, officer.sealed, officer.phone_index, officer.row_seal
FROM officer ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT plan.id, plan.version, plan.name, plan.scene, plan.plan_year, plan.region, plan.lead_department, plan.state, plan.body, plan.row_seal
FROM plan ORDER BY plan.id
 LIMIT :param_1::INTEGER;

SELECT region.id, region.version, region.position, region.enabled, region.deleted_at, region.content, region.search, region.code, region.parent, region.body, region.row_seal
FROM region ORDER BY region.id
 LIMIT :param_1::INTEGER;

SELECT scene.id, scene.version, scene.code, scene.region, scene.name, scene.sort, scene.state, scene.published_at, scene.lead_department, scene.joining, scene.body, scene.row_seal
FROM scene ORDER BY scene.id
 LIMIT :param_1::INTEGER;

SELECT standard_material.id, standard_material.version, standard_material.region, standard_material.body, standard_material.row_seal
FROM standard_material ORDER BY standard_material.id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.body, subject.sealed, subject.code_index, subject.row_seal
FROM subject ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT tag.id, tag.version, tag.name, tag.region, tag.enabled, tag.body, tag.row_seal
FROM tag ORDER BY tag.id
 LIMIT :param_1::INTEGER;

SELECT team.id, team.version, team.region, team.leader, team.deleted, team.body, team.row_seal
FROM team ORDER BY team.id
 LIMIT :param_1::INTEGER;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal
FROM subject_fact ORDER BY subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source
 LIMIT :param_1::INTEGER;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal
FROM subject_statement ORDER BY subject_statement.subject_id, subject_statement.recorded
 LIMIT :param_1::INTEGER;

CREATE TABLE tally (
	id VARCHAR(40) NOT NULL,
	version BIGINT NOT NULL,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_tally PRIMARY KEY (id)
);

UPDATE alembic_version SET version_num='0016' WHERE alembic_version.version_num = '0015';

CREATE TABLE guess_limit (
	id VARCHAR(64) NOT NULL,
	version BIGINT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_guess_limit PRIMARY KEY (id)
);

DELETE FROM credentials WHERE credentials.id LIKE :id_1::VARCHAR;

SELECT credentials.id, credentials.version, credentials.row_seal, credentials.body
FROM credentials ORDER BY credentials.id
 LIMIT :param_1::INTEGER;

SELECT credentials.id, credentials.version, credentials.row_seal, credentials.body
FROM credentials ORDER BY credentials.id
 LIMIT :param_1::INTEGER;

UPDATE alembic_version SET version_num='0017' WHERE alembic_version.version_num = '0016';

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body
FROM log_in_session ORDER BY log_in_session.id
 LIMIT :param_1::INTEGER;

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body
FROM log_in_session ORDER BY log_in_session.id
 LIMIT :param_1::INTEGER;

UPDATE alembic_version SET version_num='0018' WHERE alembic_version.version_num = '0017';

UPDATE alembic_version SET version_num='0019' WHERE alembic_version.version_num = '0018';

CREATE TABLE phone_change (
	id VARCHAR(64) NOT NULL,
	version BIGINT NOT NULL,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_phone_change PRIMARY KEY (id)
);

CREATE TABLE phone_notice (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	made_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	sent_at TIMESTAMP WITHOUT TIME ZONE,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_phone_notice PRIMARY KEY (id)
);

CREATE INDEX ix_phone_notice_sent ON phone_notice (sent_at, made_at, id);

UPDATE alembic_version SET version_num='0020' WHERE alembic_version.version_num = '0019';

CREATE TABLE second_person_request (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	asked_by VARCHAR(36) NOT NULL,
	about VARCHAR(36) NOT NULL,
	state VARCHAR(10) NOT NULL,
	lapses_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_second_person_request PRIMARY KEY (id)
);

CREATE INDEX ix_second_person_request_about ON second_person_request (about, id);

CREATE INDEX ix_second_person_request_asked ON second_person_request (asked_by, id);

CREATE INDEX ix_second_person_request_state ON second_person_request (state, id);

SELECT grant_sheet.id, grant_sheet.body
FROM grant_sheet ORDER BY grant_sheet.id;

UPDATE alembic_version SET version_num='0021' WHERE alembic_version.version_num = '0020';

CREATE TABLE batch_seal (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_batch_seal PRIMARY KEY (id)
);

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject.record, graded_subject.record_hash, graded_subject.row_seal
FROM graded_subject ORDER BY graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id
 LIMIT :param_1::INTEGER;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal
FROM subject_fact ORDER BY subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source
 LIMIT :param_1::INTEGER;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal
FROM subject_statement ORDER BY subject_statement.subject_id, subject_statement.recorded
 LIMIT :param_1::INTEGER;

CREATE INDEX ix_graded_subject_row_seal ON graded_subject (row_seal);

CREATE INDEX ix_subject_fact_row_seal ON subject_fact (row_seal);

CREATE INDEX ix_subject_statement_row_seal ON subject_statement (row_seal);

UPDATE alembic_version SET version_num='0022' WHERE alembic_version.version_num = '0021';

DROP TABLE permission_seal;

DROP TABLE tally;

UPDATE alembic_version SET version_num='0023' WHERE alembic_version.version_num = '0022';

SELECT alembic_version.version_num
FROM alembic_version;

CREATE TABLE tally (
	id VARCHAR(40) NOT NULL,
	version BIGINT NOT NULL,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_tally PRIMARY KEY (id)
);

CREATE TABLE permission_seal (
	kind VARCHAR(20) NOT NULL,
	sealed_id VARCHAR(64) NOT NULL,
	seal VARCHAR(80) NOT NULL,
	CONSTRAINT pk_permission_seal PRIMARY KEY (kind, sealed_id)
);

UPDATE alembic_version SET version_num='0022' WHERE alembic_version.version_num = '0023';

DROP INDEX ix_graded_subject_row_seal;

DROP INDEX ix_subject_fact_row_seal;

DROP INDEX ix_subject_statement_row_seal;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal
FROM subject_fact ORDER BY subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source
 LIMIT :param_1::INTEGER;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal
FROM subject_statement ORDER BY subject_statement.subject_id, subject_statement.recorded
 LIMIT :param_1::INTEGER;

SELECT graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id, graded_subject.grade, graded_subject.risk_level, graded_subject.credit_level, graded_subject.record, graded_subject.row_seal, graded_subject.record_hash
FROM graded_subject ORDER BY graded_subject.rule_id, graded_subject.as_of, graded_subject.subject_id
 LIMIT :param_1::INTEGER;

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.body, subject.sealed, subject.code_index, subject.row_seal
FROM subject ORDER BY subject.id
 LIMIT :param_1::INTEGER;

DROP TABLE batch_seal;

UPDATE alembic_version SET version_num='0021' WHERE alembic_version.version_num = '0022';

DELETE FROM grant_holding WHERE grant_holding.kind = :kind_1::VARCHAR;

DROP INDEX ix_second_person_request_about;

DROP INDEX ix_second_person_request_asked;

DROP INDEX ix_second_person_request_state;

DROP TABLE second_person_request;

UPDATE alembic_version SET version_num='0020' WHERE alembic_version.version_num = '0021';

DROP INDEX ix_phone_notice_sent;

DROP TABLE phone_notice;

DROP TABLE phone_change;

UPDATE alembic_version SET version_num='0019' WHERE alembic_version.version_num = '0020';

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user ORDER BY app_user.id
 LIMIT :param_1::INTEGER;

SELECT app_user.id, app_user.version, app_user.login, app_user.living_login, app_user.living_user_code, app_user.party, app_user.home, app_user.kind, app_user.enabled, app_user.deleted_at, app_user.account, app_user.person, app_user.name_index, app_user.phone_index, app_user.document_index, app_user.row_seal, app_user.body
FROM app_user ORDER BY app_user.id
 LIMIT :param_1::INTEGER;

UPDATE alembic_version SET version_num='0018' WHERE alembic_version.version_num = '0019';

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body
FROM log_in_session ORDER BY log_in_session.id
 LIMIT :param_1::INTEGER;

SELECT log_in_session.id, log_in_session.version, log_in_session.owner, log_in_session.ended_at, log_in_session.row_seal, log_in_session.body
FROM log_in_session ORDER BY log_in_session.id
 LIMIT :param_1::INTEGER;

UPDATE alembic_version SET version_num='0017' WHERE alembic_version.version_num = '0018';

SELECT credentials.id, credentials.version, credentials.row_seal, credentials.body
FROM credentials ORDER BY credentials.id
 LIMIT :param_1::INTEGER;

SELECT credentials.id, credentials.version, credentials.row_seal, credentials.body
FROM credentials ORDER BY credentials.id
 LIMIT :param_1::INTEGER;

DROP TABLE guess_limit;

UPDATE alembic_version SET version_num='0016' WHERE alembic_version.version_num = '0017';

DROP TABLE tally;

ALTER TABLE association DROP COLUMN row_seal;

ALTER TABLE category DROP COLUMN row_seal;

ALTER TABLE check_item DROP COLUMN row_seal;

ALTER TABLE clue DROP COLUMN row_seal;

ALTER TABLE document_template DROP COLUMN row_seal;

ALTER TABLE institution DROP COLUMN row_seal;

ALTER TABLE law DROP COLUMN row_seal;

ALTER TABLE officer DROP COLUMN row_seal;

ALTER TABLE plan DROP COLUMN row_seal;

ALTER TABLE region DROP COLUMN row_seal;

ALTER TABLE scene DROP COLUMN row_seal;

ALTER TABLE standard_material DROP COLUMN row_seal;

ALTER TABLE subject DROP COLUMN row_seal;

ALTER TABLE tag DROP COLUMN row_seal;

ALTER TABLE team DROP COLUMN row_seal;

ALTER TABLE subject_fact DROP COLUMN row_seal;

ALTER TABLE subject_statement DROP COLUMN row_seal;

UPDATE alembic_version SET version_num='0015' WHERE alembic_version.version_num = '0016';

DROP TABLE synchronisation;

UPDATE alembic_version SET version_num='0014' WHERE alembic_version.version_num = '0015';

DROP INDEX ix_notice_state;

DROP INDEX ix_notice_owner;

DROP TABLE notice;

UPDATE alembic_version SET version_num='0013' WHERE alembic_version.version_num = '0014';

DROP INDEX ix_counterpart_kind;

DROP TABLE counterpart;

UPDATE alembic_version SET version_num='0012' WHERE alembic_version.version_num = '0013';

DROP INDEX ix_grant_holding_held;

DROP TABLE grant_holding;

UPDATE alembic_version SET version_num='0011' WHERE alembic_version.version_num = '0012';

DROP TABLE face_check;

UPDATE alembic_version SET version_num='0010' WHERE alembic_version.version_num = '0011';

DROP INDEX ix_export_request_state;

DROP TABLE export_request;

UPDATE alembic_version SET version_num='0009' WHERE alembic_version.version_num = '0010';

DROP INDEX ix_department_administrator;

DROP TABLE department_administrator;

UPDATE alembic_version SET version_num='0008' WHERE alembic_version.version_num = '0009';

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.share_freezes_3y, subject_statement.abnormal_listings_3y, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.fraud_alerts_1y, subject_statement.in_liquidation, subject_statement.tax_in_arrears, subject_statement.abnormal_listed, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.entity_type
FROM subject_statement ORDER BY subject_statement.subject_id, subject_statement.recorded;

DROP TABLE subject_statement;

UPDATE alembic_version SET version_num='0007' WHERE alembic_version.version_num = '0008';

ALTER TABLE subject ADD COLUMN personal TEXT DEFAULT '-' NOT NULL;

ALTER TABLE officer ADD COLUMN contact TEXT DEFAULT '-' NOT NULL;

ALTER TABLE clue ADD COLUMN complainant TEXT DEFAULT '-' NOT NULL;

ALTER TABLE officer ADD COLUMN phone VARCHAR(40);

CREATE INDEX ix_officer_phone ON officer (phone);

SELECT subject.id, subject.version, subject.kind, subject.name, subject.code, subject.region, subject.city, subject.status, subject.industry, subject.category, subject.doubtful, subject.shared, subject.tags, subject.body, subject.sealed, subject.code_index, subject.personal
FROM subject ORDER BY subject.id
 LIMIT :param_1::INTEGER;

SELECT officer.id, officer.version, officer.name, officer.department, officer.region, officer.state, officer.employer, officer.certificate, officer.body, officer.sealed, officer.phone_index, officer.contact, officer.phone
FROM officer ORDER BY officer.id
 LIMIT :param_1::INTEGER;

SELECT clue.id, clue.version, clue.title, clue.channel, clue.kind, clue.state, clue.subject, clue.region, clue.holder, clue.due_on, clue.body, clue.sealed, clue.complainant
FROM clue ORDER BY clue.id
 LIMIT :param_1::INTEGER;

SELECT institution.id, institution.version, institution.region, institution.body, institution.sealed
FROM institution ORDER BY institution.id
 LIMIT :param_1::INTEGER;

SELECT association.id, association.version, association.region, association.body, association.sealed
FROM association ORDER BY association.id
 LIMIT :param_1::INTEGER;

SELECT visit.id, visit.version, visit.code, visit.task, visit.subject, visit.region, visit.state, visit.is_open, visit.due_on, visit.formed_on, visit.cap_year, visit.findings, visit.key_findings, visit.obstructed, visit.unreachable, visit.body, visit.sealed, visit.row_seal
FROM visit ORDER BY visit.id
 LIMIT :param_1::INTEGER;

SELECT rectification.id, rectification.version, rectification.code, rectification.visit, rectification.task, rectification.subject, rectification.region, rectification.department, rectification.state, rectification.is_open, rectification.due_on, rectification.body, rectification.sealed, rectification.row_seal
FROM rectification ORDER BY rectification.id
 LIMIT :param_1::INTEGER;

DROP INDEX ix_officer_phone_index;

DROP INDEX ix_subject_code_index;

ALTER TABLE officer DROP COLUMN phone_index;

ALTER TABLE subject DROP COLUMN code_index;

ALTER TABLE graded_subject DROP COLUMN record_hash;

ALTER TABLE checklist DROP COLUMN row_seal;

ALTER TABLE task DROP COLUMN row_seal;

ALTER TABLE visit DROP COLUMN row_seal;

ALTER TABLE rectification DROP COLUMN row_seal;

ALTER TABLE publication DROP COLUMN row_seal;

ALTER TABLE transfer DROP COLUMN row_seal;

ALTER TABLE review DROP COLUMN row_seal;

ALTER TABLE risk_model DROP COLUMN row_seal;

ALTER TABLE credit_model DROP COLUMN row_seal;

ALTER TABLE evaluation_round DROP COLUMN row_seal;

ALTER TABLE grading_rule DROP COLUMN row_seal;

ALTER TABLE draw DROP COLUMN row_seal;

ALTER TABLE graded_subject DROP COLUMN row_seal;

ALTER TABLE subject DROP COLUMN sealed;

ALTER TABLE officer DROP COLUMN sealed;

ALTER TABLE clue DROP COLUMN sealed;

ALTER TABLE institution DROP COLUMN sealed;

ALTER TABLE association DROP COLUMN sealed;

ALTER TABLE visit DROP COLUMN sealed;

ALTER TABLE rectification DROP COLUMN sealed;

DROP TABLE key_mark;

UPDATE alembic_version SET version_num='0006' WHERE alembic_version.version_num = '0007';

DROP TABLE audit_segment;

DROP INDEX ix_audit_cosignature_witness;

DROP TABLE audit_cosignature;

DROP TABLE audit_checkpoint;

UPDATE alembic_version SET version_num='0005' WHERE alembic_version.version_num = '0006';

DELETE FROM counter WHERE counter.name IN (__[POSTCOMPILE_name_1]);

DROP INDEX ix_user_department_department;

DROP TABLE user_department;

DROP INDEX ix_region_cell_digest;

DROP TABLE region_cell;

DROP TABLE credentials_certificate;

DROP TABLE source_limit;

DROP INDEX ix_region_position;

DROP TABLE region;

DROP TABLE permission_seal;

DROP INDEX ix_log_in_session_owner;

DROP TABLE log_in_session;

DROP TABLE log_in;

DROP TABLE grant_sheet;

DROP TABLE directory_change;

DROP INDEX ix_department_region;

DROP INDEX ix_department_parent;

DROP TABLE department;

DROP TABLE credentials;

DROP TABLE challenge;

DROP INDEX ix_app_user_phone_index;

DROP INDEX ix_app_user_party;

DROP INDEX ix_app_user_name_index;

DROP INDEX ix_app_user_login;

DROP INDEX ix_app_user_document_index;

DROP TABLE app_user;

DROP INDEX ix_access_role_name;

DROP TABLE access_role;

DROP INDEX ix_access_group_name;

DROP TABLE access_group;

UPDATE alembic_version SET version_num='0004' WHERE alembic_version.version_num = '0005';

DROP INDEX ix_graded_subject_subject_id;

DROP TABLE graded_subject;

UPDATE alembic_version SET version_num='0003' WHERE alembic_version.version_num = '0004';

DROP INDEX ix_visit_officer_officer;

DROP TABLE visit_officer;

DROP INDEX ix_visit_department_task;

DROP TABLE visit_department;

DROP INDEX ix_task_department_department;

DROP TABLE task_department;

DROP TABLE clue_department;

DROP INDEX ix_visit_task;

DROP INDEX ix_visit_subject;

DROP INDEX ix_visit_region;

DROP INDEX ix_visit_is_open;

DROP INDEX ix_visit_due_on;

DROP INDEX ix_visit_code;

DROP TABLE visit;

DROP TABLE transfer;

DROP INDEX ix_task_state;

DROP INDEX ix_task_scene;

DROP INDEX ix_task_region;

DROP INDEX ix_task_plan;

DROP TABLE task;

DROP TABLE risk_model;

DROP TABLE review;

DROP INDEX ix_rectification_task;

DROP INDEX ix_rectification_subject;

DROP INDEX ix_rectification_state;

DROP INDEX ix_rectification_due_on;

DROP INDEX ix_rectification_department;

DROP TABLE rectification;

DROP INDEX ix_publication_task;

DROP INDEX ix_publication_state;

DROP INDEX ix_publication_due_on;

DROP TABLE publication;

DROP INDEX ix_plan_scene;

DROP INDEX ix_plan_plan_year;

DROP TABLE plan;

DROP TABLE grading_rule;

DROP INDEX ix_evaluation_round_model_id;

DROP TABLE evaluation_round;

DROP INDEX ix_draw_task;

DROP TABLE draw;

DROP TABLE credit_model;

DROP INDEX ix_clue_subject;

DROP INDEX ix_clue_state;

DROP INDEX ix_clue_due_on;

DROP INDEX ix_clue_channel;

DROP TABLE clue;

DROP TABLE check_cap;

UPDATE alembic_version SET version_num='0002' WHERE alembic_version.version_num = '0003';

DELETE FROM counter WHERE name = 'subject_fact';

DROP INDEX ix_team_member_officer_id;

DROP TABLE team_member;

DROP INDEX ix_subject_tag_tag;

DROP TABLE subject_tag;

DROP TABLE subject_department;

DROP TABLE scene_department;

DROP TABLE officer_certificate;

DROP TABLE checklist_department;

DROP TABLE team;

DROP TABLE tag;

DROP TABLE subject_fact;

DROP INDEX ix_subject_status;

DROP INDEX ix_subject_region;

DROP INDEX ix_subject_name;

DROP INDEX ix_subject_kind;

DROP INDEX ix_subject_doubtful;

DROP INDEX ix_subject_city;

DROP INDEX ix_subject_category;

DROP TABLE subject;

DROP TABLE standard_material;

DROP INDEX ix_scene_code;

DROP TABLE scene;

DROP INDEX ix_officer_region;

DROP INDEX ix_officer_phone;

DROP INDEX ix_officer_name;

DROP INDEX ix_officer_department;

DROP TABLE officer;

DROP INDEX ix_law_title;

DROP TABLE law;

DROP TABLE institution;

DROP INDEX ix_document_template_owner;

DROP TABLE document_template;

DROP INDEX ix_checklist_trade;

DROP INDEX ix_checklist_code;

DROP TABLE checklist;

DROP INDEX ix_check_item_matter_code;

DROP TABLE check_item;

DROP INDEX ix_category_parent;

DROP TABLE category;

DROP TABLE association;

UPDATE alembic_version SET version_num='0001' WHERE alembic_version.version_num = '0002';

DROP TABLE outbox;

DROP TABLE done_command;

DROP TABLE counter;

DROP INDEX ix_audit_row_happened_at;

DROP INDEX ix_audit_row_actor;

DROP INDEX ix_audit_row_action;

DROP TABLE audit_row;

DELETE FROM alembic_version WHERE alembic_version.version_num = '0001';
