CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE audit_row (
	position INTEGER NOT NULL,
	happened_at DATETIME NOT NULL,
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
	position INTEGER NOT NULL,
	name VARCHAR(100) NOT NULL,
	happened_at DATETIME NOT NULL,
	facts TEXT NOT NULL,
	CONSTRAINT pk_outbox PRIMARY KEY (position)
);

INSERT INTO counter (name, upto) VALUES (:name, :upto);

INSERT INTO alembic_version (version_num) VALUES ('0001') RETURNING version_num;

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
	code VARCHAR(64) NOT NULL,
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
	name VARCHAR(100) NOT NULL,
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
	code VARCHAR(64) NOT NULL,
	region VARCHAR(12) NOT NULL,
	name VARCHAR(200),
	sort VARCHAR(64),
	state VARCHAR(10) NOT NULL,
	published_at DATETIME,
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
	name VARCHAR(200) NOT NULL,
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
)
 WITHOUT ROWID;

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
	name VARCHAR(200) NOT NULL,
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

INSERT INTO counter (name, upto) VALUES (:name, :upto);

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

CREATE TABLE "plan" (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	name VARCHAR(200) NOT NULL,
	scene VARCHAR(36) NOT NULL,
	plan_year BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	lead_department VARCHAR(36) NOT NULL,
	state VARCHAR(20) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_plan PRIMARY KEY (id)
);

CREATE INDEX ix_plan_plan_year ON "plan" (plan_year, name, id);

CREATE INDEX ix_plan_scene ON "plan" (scene, name, id);

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
	code VARCHAR(64) NOT NULL,
	name VARCHAR(200) NOT NULL,
	scene VARCHAR(36) NOT NULL,
	"plan" VARCHAR(36),
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

CREATE INDEX ix_task_plan ON task ("plan", code, id);

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
	code VARCHAR(64) NOT NULL,
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
	code VARCHAR(64) NOT NULL,
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
)
 WITHOUT ROWID;

CREATE INDEX ix_graded_subject_subject_id ON graded_subject (subject_id, as_of);

UPDATE alembic_version SET version_num='0004' WHERE alembic_version.version_num = '0003';

CREATE TABLE access_group (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	name VARCHAR(100) NOT NULL,
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
	name VARCHAR(100) NOT NULL,
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
	login VARCHAR(64) NOT NULL,
	living_login VARCHAR(64),
	living_user_code VARCHAR(128),
	party VARCHAR(64),
	home VARCHAR(36),
	kind VARCHAR(20) NOT NULL,
	enabled BOOLEAN NOT NULL,
	deleted_at DATETIME,
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
	name VARCHAR(200) NOT NULL,
	code VARCHAR(64) NOT NULL,
	living_code VARCHAR(64),
	region VARCHAR(12) NOT NULL,
	parent VARCHAR(36),
	place BIGINT NOT NULL,
	enabled BOOLEAN NOT NULL,
	deleted_at DATETIME,
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
	happened_at DATETIME NOT NULL,
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
	ended_at DATETIME,
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
	deleted_at DATETIME,
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

INSERT INTO counter (name, upto) VALUES (:name, :upto);

UPDATE alembic_version SET version_num='0005' WHERE alembic_version.version_num = '0004';

CREATE TABLE audit_checkpoint (
	tree_size BIGINT NOT NULL,
	log_id VARCHAR(36) NOT NULL,
	root VARCHAR(64) NOT NULL,
	made_at DATETIME NOT NULL,
	previous VARCHAR(64) NOT NULL,
	frontier TEXT NOT NULL,
	signature TEXT NOT NULL,
	CONSTRAINT pk_audit_checkpoint PRIMARY KEY (tree_size),
	CONSTRAINT uq_audit_checkpoint_previous UNIQUE (previous)
);

CREATE TABLE audit_cosignature (
	tree_size BIGINT NOT NULL,
	witness VARCHAR(64) NOT NULL,
	made_at DATETIME NOT NULL,
	signature TEXT NOT NULL,
	CONSTRAINT pk_audit_cosignature PRIMARY KEY (tree_size, witness)
);

CREATE INDEX ix_audit_cosignature_witness ON audit_cosignature (witness, tree_size);

CREATE TABLE audit_segment (
	first_row BIGINT NOT NULL,
	upto BIGINT NOT NULL,
	file_name VARCHAR(200) NOT NULL,
	digest VARCHAR(64) NOT NULL,
	made_at DATETIME NOT NULL,
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

SELECT 1
FROM subject
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM officer
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM institution
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM association
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM visit
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM rectification
 LIMIT :param_1 OFFSET :param_2;

CREATE UNIQUE INDEX ix_subject_code_index ON subject (code_index);

CREATE INDEX ix_officer_phone_index ON officer (phone_index);

DROP INDEX ix_officer_phone;

ALTER TABLE officer DROP COLUMN phone;

ALTER TABLE subject DROP COLUMN personal;

ALTER TABLE officer DROP COLUMN contact;

ALTER TABLE clue DROP COLUMN complainant;

SELECT 1
FROM checklist
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM task
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM visit
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM rectification
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM publication
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM transfer
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM review
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM risk_model
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM credit_model
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM evaluation_round
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM grading_rule
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM draw
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM graded_subject
 LIMIT :param_1 OFFSET :param_2;

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
)
 WITHOUT ROWID;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value
FROM subject_fact
WHERE subject_fact.form = :form_1 AND subject_fact.name IN (__[POSTCOMPILE_name_1]) OR subject_fact.form = :form_2 AND subject_fact.name IN (__[POSTCOMPILE_name_2]) OR subject_fact.name IN (__[POSTCOMPILE_name_3]) AND subject_fact.form = :form_3 AND subject_fact.code_value IS NOT NULL ORDER BY subject_fact.subject_id, subject_fact.recorded;

DELETE FROM subject_fact WHERE subject_fact.form = :form_1 AND subject_fact.name IN (__[POSTCOMPILE_name_1]) OR subject_fact.form = :form_2 AND subject_fact.name IN (__[POSTCOMPILE_name_2]) OR subject_fact.name IN (__[POSTCOMPILE_name_3]) AND subject_fact.form = :form_3 AND subject_fact.code_value IS NOT NULL;

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
	made_at DATETIME NOT NULL,
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

ALTER TABLE "plan" ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE region ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE scene ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE standard_material ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE subject ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE tag ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE team ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE subject_fact ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

ALTER TABLE subject_statement ADD COLUMN row_seal VARCHAR(80) DEFAULT '-' NOT NULL;

SELECT 1
FROM check_item
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM document_template
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM institution
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM law
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM officer
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM "plan"
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM region
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM scene
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM standard_material
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM subject
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM tag
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM team
 LIMIT :param_1 OFFSET :param_2;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal
FROM subject_fact ORDER BY subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source
 LIMIT :param_1 OFFSET :param_2;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal
FROM subject_statement ORDER BY subject_statement.subject_id, subject_statement.recorded
 LIMIT :param_1 OFFSET :param_2;

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

DELETE FROM credentials WHERE credentials.id LIKE :id_1;

SELECT 1
FROM credentials
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM credentials
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0017' WHERE alembic_version.version_num = '0016';

SELECT 1
FROM log_in_session
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM log_in_session
 LIMIT :param_1 OFFSET :param_2;

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
	made_at DATETIME NOT NULL,
	sent_at DATETIME,
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
	lapses_at DATETIME NOT NULL,
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
 LIMIT :param_1 OFFSET :param_2;

SELECT subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source, subject_fact.recorded, subject_fact.form, subject_fact.int_value, subject_fact.code_value, subject_fact.row_seal
FROM subject_fact ORDER BY subject_fact.subject_id, subject_fact.name, subject_fact.known_on, subject_fact.source
 LIMIT :param_1 OFFSET :param_2;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal
FROM subject_statement ORDER BY subject_statement.subject_id, subject_statement.recorded
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_graded_subject_row_seal ON graded_subject (row_seal);

CREATE INDEX ix_subject_fact_row_seal ON subject_fact (row_seal);

CREATE INDEX ix_subject_statement_row_seal ON subject_statement (row_seal);

UPDATE alembic_version SET version_num='0022' WHERE alembic_version.version_num = '0021';

DROP TABLE permission_seal;

DROP TABLE tally;

UPDATE alembic_version SET version_num='0023' WHERE alembic_version.version_num = '0022';

CREATE TABLE draw_pool (
	pool_hash VARCHAR(64) NOT NULL,
	part_number BIGINT NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT pk_draw_pool PRIMARY KEY (pool_hash, part_number)
);

ALTER TABLE draw ADD COLUMN pool_hash VARCHAR(64) DEFAULT '-' NOT NULL;

ALTER TABLE draw ADD COLUMN drawn_hash VARCHAR(64);

SELECT draw.id
FROM draw ORDER BY draw.id;

ALTER TABLE draw DROP COLUMN pool;

SELECT 1
FROM draw
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0024' WHERE alembic_version.version_num = '0023';

CREATE TABLE access_change (
	epoch BIGINT NOT NULL,
	target VARCHAR(80) NOT NULL,
	CONSTRAINT pk_access_change PRIMARY KEY (epoch, target)
);

UPDATE alembic_version SET version_num='0025' WHERE alembic_version.version_num = '0024';

CREATE TABLE register_entry (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	register VARCHAR(60) NOT NULL,
	position BIGINT NOT NULL,
	enabled BOOLEAN NOT NULL,
	deleted_at DATETIME,
	region VARCHAR(12),
	department VARCHAR(36),
	label VARCHAR(200) NOT NULL,
	content TEXT NOT NULL,
	cells VARCHAR(64) NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_register_entry PRIMARY KEY (id)
);

CREATE INDEX ix_register_entry_position ON register_entry (register, position, id);

CREATE INDEX ix_register_entry_label ON register_entry (register, label);

CREATE TABLE register_cell (
	entry_id VARCHAR(36) NOT NULL,
	name VARCHAR(80) NOT NULL,
	place BIGINT NOT NULL,
	register VARCHAR(60) NOT NULL,
	refers VARCHAR(60),
	value VARCHAR(200),
	living VARCHAR(64),
	CONSTRAINT pk_register_cell PRIMARY KEY (entry_id, name, place),
	CONSTRAINT fk_register_cell FOREIGN KEY(entry_id) REFERENCES register_entry (id),
	CONSTRAINT uq_register_cell_living UNIQUE (living)
);

CREATE INDEX ix_register_cell_value ON register_cell (register, name, value);

CREATE INDEX ix_register_cell_refers ON register_cell (refers, value);

UPDATE alembic_version SET version_num='0026' WHERE alembic_version.version_num = '0025';

CREATE TABLE staged_file (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	owner VARCHAR(36) NOT NULL,
	begun_at DATETIME NOT NULL,
	byte_count BIGINT NOT NULL,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_staged_file PRIMARY KEY (id)
);

CREATE INDEX ix_staged_file_owner ON staged_file (owner, begun_at);

CREATE INDEX ix_staged_file_begun_at ON staged_file (begun_at, id);

CREATE TABLE staged_piece (
	file_id VARCHAR(36) NOT NULL,
	piece_number BIGINT NOT NULL,
	address VARCHAR(64) NOT NULL,
	CONSTRAINT pk_staged_piece PRIMARY KEY (file_id, piece_number),
	CONSTRAINT fk_staged_piece FOREIGN KEY(file_id) REFERENCES staged_file (id)
);

CREATE INDEX ix_staged_piece_address ON staged_piece (address);

CREATE TABLE staged_content (
	file_id VARCHAR(36) NOT NULL,
	address VARCHAR(64) NOT NULL,
	CONSTRAINT pk_staged_content PRIMARY KEY (file_id, address),
	CONSTRAINT fk_staged_content FOREIGN KEY(file_id) REFERENCES staged_file (id)
);

CREATE INDEX ix_staged_content_address ON staged_content (address);

CREATE TABLE attachment (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	kind VARCHAR(30) NOT NULL,
	thing VARCHAR(36) NOT NULL,
	slot VARCHAR(30) NOT NULL,
	gone_at DATETIME,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_attachment PRIMARY KEY (id)
);

CREATE INDEX ix_attachment_thing ON attachment (kind, thing, id);

CREATE TABLE attachment_piece (
	attachment_id VARCHAR(36) NOT NULL,
	address VARCHAR(64) NOT NULL,
	CONSTRAINT pk_attachment_piece PRIMARY KEY (attachment_id, address),
	CONSTRAINT fk_attachment_piece FOREIGN KEY(attachment_id) REFERENCES attachment (id)
);

CREATE INDEX ix_attachment_piece_address ON attachment_piece (address);

UPDATE alembic_version SET version_num='0027' WHERE alembic_version.version_num = '0026';

ALTER TABLE officer ADD COLUMN document_index VARCHAR(80);

ALTER TABLE officer ADD COLUMN account VARCHAR(36);

SELECT 1
FROM officer
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_officer_document_index ON officer (document_index);

CREATE UNIQUE INDEX ix_officer_account ON officer (account);

SELECT 1
FROM officer
 LIMIT :param_1 OFFSET :param_2;

CREATE TABLE task_party (
	task_id VARCHAR(36) NOT NULL,
	party VARCHAR(64) NOT NULL,
	CONSTRAINT pk_task_party PRIMARY KEY (task_id, party),
	CONSTRAINT fk_task_party FOREIGN KEY(task_id) REFERENCES task (id)
);

CREATE INDEX ix_task_party_party ON task_party (party, task_id);

SELECT task.id, task.body
FROM task ORDER BY task.id;

UPDATE alembic_version SET version_num='0028' WHERE alembic_version.version_num = '0027';

CREATE INDEX ix_rectification_region ON rectification (region, due_on, id);

CREATE INDEX ix_publication_region ON publication (region, due_on, id);

CREATE INDEX ix_clue_region ON clue (region, due_on, id);

UPDATE alembic_version SET version_num='0029' WHERE alembic_version.version_num = '0028';

SELECT 1
FROM category
 LIMIT :param_1 OFFSET :param_2;

DROP TABLE category;

UPDATE alembic_version SET version_num='0030' WHERE alembic_version.version_num = '0029';

DROP TABLE outbox;

CREATE TABLE outbox (
	position INTEGER NOT NULL,
	name VARCHAR(100) NOT NULL,
	happened_at DATETIME NOT NULL,
	kind VARCHAR(60) NOT NULL,
	thing VARCHAR(64) NOT NULL,
	version BIGINT NOT NULL,
	facts TEXT NOT NULL,
	CONSTRAINT pk_outbox PRIMARY KEY (position)
);

CREATE TABLE receiver (
	name VARCHAR(60) NOT NULL,
	upto BIGINT NOT NULL,
	CONSTRAINT pk_receiver PRIMARY KEY (name)
);

CREATE TABLE dead_letter (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	receiver VARCHAR(60) NOT NULL,
	state VARCHAR(10) NOT NULL,
	position BIGINT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_dead_letter PRIMARY KEY (id)
);

CREATE INDEX ix_dead_letter_state ON dead_letter (state, receiver, position, id);

UPDATE alembic_version SET version_num='0031' WHERE alembic_version.version_num = '0030';

SELECT 1
FROM institution
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM association
 LIMIT :param_1 OFFSET :param_2;

DROP TABLE institution;

DROP TABLE association;

CREATE TABLE institution (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	register VARCHAR(60) NOT NULL,
	position BIGINT NOT NULL,
	enabled BOOLEAN NOT NULL,
	deleted_at DATETIME,
	region VARCHAR(12),
	department VARCHAR(36),
	label VARCHAR(200) NOT NULL,
	content TEXT NOT NULL,
	cells VARCHAR(64) NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_institution PRIMARY KEY (id)
);

CREATE INDEX ix_institution_position ON institution (register, position, id);

CREATE INDEX ix_institution_label ON institution (register, label);

CREATE TABLE institution_cell (
	entry_id VARCHAR(36) NOT NULL,
	name VARCHAR(80) NOT NULL,
	place BIGINT NOT NULL,
	register VARCHAR(60) NOT NULL,
	refers VARCHAR(60),
	value VARCHAR(200),
	living VARCHAR(80),
	CONSTRAINT pk_institution_cell PRIMARY KEY (entry_id, name, place),
	CONSTRAINT fk_institution_cell FOREIGN KEY(entry_id) REFERENCES institution (id),
	CONSTRAINT uq_institution_cell_living UNIQUE (living)
);

CREATE INDEX ix_institution_cell_value ON institution_cell (register, name, value);

CREATE INDEX ix_institution_cell_refers ON institution_cell (refers, value);

CREATE TABLE partner_person (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	register VARCHAR(60) NOT NULL,
	position BIGINT NOT NULL,
	enabled BOOLEAN NOT NULL,
	deleted_at DATETIME,
	region VARCHAR(12),
	department VARCHAR(36),
	label VARCHAR(200) NOT NULL,
	content TEXT NOT NULL,
	cells VARCHAR(64) NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_partner_person PRIMARY KEY (id)
);

CREATE INDEX ix_partner_person_position ON partner_person (register, position, id);

CREATE INDEX ix_partner_person_label ON partner_person (register, label);

CREATE TABLE partner_person_cell (
	entry_id VARCHAR(36) NOT NULL,
	name VARCHAR(80) NOT NULL,
	place BIGINT NOT NULL,
	register VARCHAR(60) NOT NULL,
	refers VARCHAR(60),
	value VARCHAR(200),
	living VARCHAR(80),
	CONSTRAINT pk_partner_person_cell PRIMARY KEY (entry_id, name, place),
	CONSTRAINT fk_partner_person_cell FOREIGN KEY(entry_id) REFERENCES partner_person (id),
	CONSTRAINT uq_partner_person_cell_living UNIQUE (living)
);

CREATE INDEX ix_partner_person_cell_value ON partner_person_cell (register, name, value);

CREATE INDEX ix_partner_person_cell_refers ON partner_person_cell (refers, value);

CREATE TABLE partner_licence (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	register VARCHAR(60) NOT NULL,
	position BIGINT NOT NULL,
	enabled BOOLEAN NOT NULL,
	deleted_at DATETIME,
	region VARCHAR(12),
	department VARCHAR(36),
	label VARCHAR(200) NOT NULL,
	content TEXT NOT NULL,
	cells VARCHAR(64) NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_partner_licence PRIMARY KEY (id)
);

CREATE INDEX ix_partner_licence_position ON partner_licence (register, position, id);

CREATE INDEX ix_partner_licence_label ON partner_licence (register, label);

CREATE TABLE partner_licence_cell (
	entry_id VARCHAR(36) NOT NULL,
	name VARCHAR(80) NOT NULL,
	place BIGINT NOT NULL,
	register VARCHAR(60) NOT NULL,
	refers VARCHAR(60),
	value VARCHAR(200),
	living VARCHAR(80),
	CONSTRAINT pk_partner_licence_cell PRIMARY KEY (entry_id, name, place),
	CONSTRAINT fk_partner_licence_cell FOREIGN KEY(entry_id) REFERENCES partner_licence (id),
	CONSTRAINT uq_partner_licence_cell_living UNIQUE (living)
);

CREATE INDEX ix_partner_licence_cell_value ON partner_licence_cell (register, name, value);

CREATE INDEX ix_partner_licence_cell_refers ON partner_licence_cell (refers, value);

UPDATE alembic_version SET version_num='0032' WHERE alembic_version.version_num = '0031';

ALTER TABLE department ADD COLUMN short_name VARCHAR(40);

ALTER TABLE department ADD COLUMN line VARCHAR(36);

CREATE INDEX ix_department_place ON department (place, id);

SELECT 1
FROM department
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0033' WHERE alembic_version.version_num = '0032';

ALTER TABLE register_entry ADD COLUMN reference_code VARCHAR(60);

ALTER TABLE register_entry ADD COLUMN synchronised BOOLEAN DEFAULT 0 NOT NULL;

ALTER TABLE register_entry ADD COLUMN added_at DATETIME;

SELECT 1
FROM register_entry
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_register_entry_code ON register_entry (register, reference_code);

SELECT 1
FROM register_entry
 LIMIT :param_1 OFFSET :param_2;

ALTER TABLE institution ADD COLUMN reference_code VARCHAR(60);

ALTER TABLE institution ADD COLUMN synchronised BOOLEAN DEFAULT 0 NOT NULL;

ALTER TABLE institution ADD COLUMN added_at DATETIME;

CREATE INDEX ix_institution_code ON institution (register, reference_code);

SELECT 1
FROM institution
 LIMIT :param_1 OFFSET :param_2;

ALTER TABLE partner_person ADD COLUMN reference_code VARCHAR(60);

ALTER TABLE partner_person ADD COLUMN synchronised BOOLEAN DEFAULT 0 NOT NULL;

ALTER TABLE partner_person ADD COLUMN added_at DATETIME;

CREATE INDEX ix_partner_person_code ON partner_person (register, reference_code);

SELECT 1
FROM partner_person
 LIMIT :param_1 OFFSET :param_2;

ALTER TABLE partner_licence ADD COLUMN reference_code VARCHAR(60);

ALTER TABLE partner_licence ADD COLUMN synchronised BOOLEAN DEFAULT 0 NOT NULL;

ALTER TABLE partner_licence ADD COLUMN added_at DATETIME;

CREATE INDEX ix_partner_licence_code ON partner_licence (register, reference_code);

SELECT 1
FROM partner_licence
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM check_item
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0034' WHERE alembic_version.version_num = '0033';

ALTER TABLE officer ADD COLUMN phone VARCHAR(20);

ALTER TABLE officer ADD COLUMN sex VARCHAR(10);

ALTER TABLE officer ADD COLUMN extras TEXT DEFAULT '{"number":0,"values":{}}' NOT NULL;

SELECT 1
FROM officer
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM officer
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0035' WHERE alembic_version.version_num = '0034';

CREATE TABLE proposal (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_proposal PRIMARY KEY (id)
);

UPDATE alembic_version SET version_num='0036' WHERE alembic_version.version_num = '0035';

CREATE TABLE audit_target (
	about VARCHAR(200) NOT NULL,
	position BIGINT NOT NULL,
	CONSTRAINT pk_audit_target PRIMARY KEY (about, position)
);

SELECT 1
FROM audit_row
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0037' WHERE alembic_version.version_num = '0036';

ALTER TABLE subject ADD COLUMN deleted BOOLEAN DEFAULT 0 NOT NULL;

ALTER TABLE subject ADD COLUMN principal VARCHAR(200);

ALTER TABLE subject ADD COLUMN principal_index VARCHAR(80);

SELECT 1
FROM subject
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM subject
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_subject_principal_index ON subject (principal_index, name, id);

UPDATE alembic_version SET version_num='0038' WHERE alembic_version.version_num = '0037';

CREATE TABLE station_message (
	id VARCHAR(36) NOT NULL,
	owner VARCHAR(36) NOT NULL,
	title VARCHAR(100) NOT NULL,
	words VARCHAR(300) NOT NULL,
	kind VARCHAR(60) NOT NULL,
	thing VARCHAR(64) NOT NULL,
	facts TEXT NOT NULL,
	made_at DATETIME NOT NULL,
	unread BOOLEAN NOT NULL,
	read_at DATETIME,
	CONSTRAINT pk_station_message PRIMARY KEY (id)
);

CREATE INDEX ix_station_message_owner ON station_message (owner, id);

CREATE INDEX ix_station_message_unread ON station_message (owner, unread, id);

UPDATE alembic_version SET version_num='0039' WHERE alembic_version.version_num = '0038';

DROP TABLE check_cap;

CREATE TABLE term_warning (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	kind VARCHAR(30) NOT NULL,
	state VARCHAR(20) NOT NULL,
	task VARCHAR(36) NOT NULL,
	department VARCHAR(36) NOT NULL,
	lead VARCHAR(36) NOT NULL,
	region VARCHAR(12) NOT NULL,
	due_on DATE NOT NULL,
	body TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	CONSTRAINT pk_term_warning PRIMARY KEY (id)
);

CREATE INDEX ix_term_warning_task ON term_warning (task, id);

CREATE INDEX ix_term_warning_state ON term_warning (state, due_on, id);

CREATE INDEX ix_term_warning_due_on ON term_warning (due_on, id);

CREATE INDEX ix_term_warning_region ON term_warning (region, due_on, id);

CREATE TABLE term_warning_department (
	warning_id VARCHAR(36) NOT NULL,
	department VARCHAR(36) NOT NULL,
	CONSTRAINT pk_term_warning_department PRIMARY KEY (warning_id, department),
	CONSTRAINT fk_term_warning_department FOREIGN KEY(warning_id) REFERENCES term_warning (id)
);

CREATE INDEX ix_term_warning_department ON term_warning_department (department, warning_id);

UPDATE alembic_version SET version_num='0040' WHERE alembic_version.version_num = '0039';

DROP INDEX ix_law_title;

DROP INDEX ix_document_template_owner;

DROP TABLE law;

DROP TABLE document_template;

DROP TABLE standard_material;

CREATE TABLE law (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	title VARCHAR(200) NOT NULL,
	kind VARCHAR(20) NOT NULL,
	issuer VARCHAR(100),
	promulgated_on DATE NOT NULL,
	in_force_from DATE NOT NULL,
	in_force_until DATE,
	state VARCHAR(10) NOT NULL,
	region VARCHAR(12) NOT NULL,
	department VARCHAR(36) NOT NULL,
	provision_count BIGINT NOT NULL,
	changed_at DATETIME,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_law PRIMARY KEY (id)
);

CREATE INDEX ix_law_title ON law (title, id);

CREATE INDEX ix_law_region ON law (region, title, id);

CREATE TABLE law_provision (
	law_id VARCHAR(36) NOT NULL,
	place BIGINT NOT NULL,
	id VARCHAR(400) NOT NULL,
	enabled BOOLEAN NOT NULL,
	CONSTRAINT pk_law_provision PRIMARY KEY (law_id, place),
	CONSTRAINT fk_law_provision FOREIGN KEY(law_id) REFERENCES law (id)
);

CREATE INDEX ix_law_provision_id ON law_provision (id);

CREATE TABLE document_template (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	name VARCHAR(100) NOT NULL,
	document VARCHAR(40) NOT NULL,
	region VARCHAR(12) NOT NULL,
	department VARCHAR(36) NOT NULL,
	state VARCHAR(10) NOT NULL,
	place BIGINT NOT NULL,
	enabled BOOLEAN NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_document_template PRIMARY KEY (id)
);

CREATE INDEX ix_document_template_owner ON document_template (region, department, document);

CREATE TABLE standard_material (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	code VARCHAR(60) NOT NULL,
	name VARCHAR(200) NOT NULL,
	enabled BOOLEAN NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_standard_material PRIMARY KEY (id)
);

CREATE INDEX ix_standard_material_code ON standard_material (region, code);

UPDATE alembic_version SET version_num='0041' WHERE alembic_version.version_num = '0040';

CREATE TABLE todo (
	kind VARCHAR(40) NOT NULL,
	root_id VARCHAR(36) NOT NULL,
	part VARCHAR(64) NOT NULL,
	verb VARCHAR(40) NOT NULL,
	assignee VARCHAR(80) NOT NULL,
	due_on DATE NOT NULL,
	permission VARCHAR(80) NOT NULL,
	label VARCHAR(300),
	subject VARCHAR(36),
	CONSTRAINT pk_todo PRIMARY KEY (kind, root_id, part, verb, assignee)
);

CREATE INDEX ix_todo_assignee ON todo (assignee, due_on, kind, root_id, part, verb);

UPDATE alembic_version SET version_num='0042' WHERE alembic_version.version_num = '0041';

ALTER TABLE transfer ADD COLUMN reason TEXT DEFAULT '-' NOT NULL;

ALTER TABLE transfer ADD COLUMN kind VARCHAR(30) DEFAULT '-' NOT NULL;

ALTER TABLE transfer ADD COLUMN state VARCHAR(20) DEFAULT '-' NOT NULL;

ALTER TABLE transfer ADD COLUMN visit VARCHAR(36) DEFAULT '-' NOT NULL;

ALTER TABLE transfer ADD COLUMN subject VARCHAR(36) DEFAULT '-' NOT NULL;

ALTER TABLE transfer ADD COLUMN region VARCHAR(12) DEFAULT '-' NOT NULL;

ALTER TABLE transfer ADD COLUMN department VARCHAR(36) DEFAULT '-' NOT NULL;

ALTER TABLE transfer ADD COLUMN receiver TEXT DEFAULT '-' NOT NULL;

ALTER TABLE review ADD COLUMN region VARCHAR(12) DEFAULT '-' NOT NULL;

ALTER TABLE review ADD COLUMN department VARCHAR(36) DEFAULT '-' NOT NULL;

ALTER TABLE review ADD COLUMN done BOOLEAN DEFAULT 0 NOT NULL;

ALTER TABLE "plan" ADD COLUMN joining TEXT DEFAULT '-' NOT NULL;

ALTER TABLE "plan" ADD COLUMN sub_plan_count BIGINT DEFAULT '0' NOT NULL;

CREATE TABLE plan_department (
	plan_id VARCHAR(36) NOT NULL,
	department VARCHAR(36) NOT NULL,
	CONSTRAINT pk_plan_department PRIMARY KEY (plan_id, department),
	CONSTRAINT fk_plan_department FOREIGN KEY(plan_id) REFERENCES "plan" (id)
);

SELECT 1
FROM transfer
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM review
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM "plan"
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM transfer
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM review
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM "plan"
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_transfer_region ON transfer (region, id);

CREATE INDEX ix_transfer_subject ON transfer (subject, id);

CREATE INDEX ix_review_region ON review (region, id);

CREATE INDEX ix_review_task ON review (task, id);

CREATE INDEX ix_plan_name ON "plan" (name, id);

CREATE INDEX ix_plan_region ON "plan" (region, name, id);

UPDATE alembic_version SET version_num='0043' WHERE alembic_version.version_num = '0042';

CREATE TABLE preferences (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_preferences PRIMARY KEY (id)
);

UPDATE alembic_version SET version_num='0044' WHERE alembic_version.version_num = '0043';

CREATE TABLE visit_extension (
	id VARCHAR(36) NOT NULL,
	code VARCHAR(64) NOT NULL,
	task VARCHAR(36) NOT NULL,
	subject VARCHAR(36) NOT NULL,
	region VARCHAR(12) NOT NULL,
	lead VARCHAR(36) NOT NULL,
	department VARCHAR(36) NOT NULL,
	officer VARCHAR(36) NOT NULL,
	state VARCHAR(20) NOT NULL,
	days BIGINT NOT NULL,
	old_due DATE NOT NULL,
	new_due DATE NOT NULL,
	CONSTRAINT pk_visit_extension PRIMARY KEY (id),
	CONSTRAINT fk_visit_extension FOREIGN KEY(id) REFERENCES visit (id)
);

SELECT 1
FROM visit
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_visit_extension_region ON visit_extension (region, old_due, id);

CREATE INDEX ix_visit_extension_old_due ON visit_extension (old_due, id);

CREATE INDEX ix_visit_extension_lead ON visit_extension (lead, state, old_due, id);

UPDATE alembic_version SET version_num='0045' WHERE alembic_version.version_num = '0044';

ALTER TABLE subject ADD COLUMN extras TEXT DEFAULT '{"number":0,"values":{}}' NOT NULL;

CREATE TABLE subject_said (
	subject_id VARCHAR(36) NOT NULL,
	said VARCHAR(240) NOT NULL,
	CONSTRAINT pk_subject_said PRIMARY KEY (subject_id, said),
	CONSTRAINT fk_subject_said FOREIGN KEY(subject_id) REFERENCES subject (id)
);

SELECT 1
FROM subject
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM subject
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_subject_said_said ON subject_said (said, subject_id);

UPDATE alembic_version SET version_num='0046' WHERE alembic_version.version_num = '0045';

CREATE TABLE job (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	author VARCHAR(36) NOT NULL,
	state VARCHAR(10) NOT NULL,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_job PRIMARY KEY (id)
);

CREATE INDEX ix_job_author ON job (author, id);

CREATE INDEX ix_job_state ON job (state, id);

UPDATE alembic_version SET version_num='0047' WHERE alembic_version.version_num = '0046';

CREATE TABLE served_letter (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	code VARCHAR(64) NOT NULL,
	rectification VARCHAR(36) NOT NULL,
	task VARCHAR(36) NOT NULL,
	subject VARCHAR(36) NOT NULL,
	region VARCHAR(12) NOT NULL,
	department VARCHAR(36) NOT NULL,
	channel VARCHAR(10) NOT NULL,
	state VARCHAR(20) NOT NULL,
	link VARCHAR(64) NOT NULL,
	made_at DATETIME NOT NULL,
	opened_at DATETIME,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_served_letter PRIMARY KEY (id),
	CONSTRAINT uq_served_letter_link UNIQUE (link)
);

CREATE INDEX ix_served_letter_region ON served_letter (region, id);

CREATE INDEX ix_served_letter_rectification ON served_letter (rectification, id);

CREATE INDEX ix_served_letter_task ON served_letter (task, id);

CREATE INDEX ix_served_letter_subject ON served_letter (subject, id);

CREATE INDEX ix_served_letter_department ON served_letter (department, id);

UPDATE alembic_version SET version_num='0048' WHERE alembic_version.version_num = '0047';

ALTER TABLE "plan" ADD COLUMN code VARCHAR(60) DEFAULT '-' NOT NULL;

ALTER TABLE "plan" ADD COLUMN starts_on DATE;

ALTER TABLE "plan" ADD COLUMN ends_on DATE;

ALTER TABLE scene ADD COLUMN tags TEXT DEFAULT '[]' NOT NULL;

CREATE TABLE scene_model (
	scene_id VARCHAR(36) NOT NULL,
	model VARCHAR(36) NOT NULL,
	CONSTRAINT pk_scene_model PRIMARY KEY (scene_id, model),
	CONSTRAINT fk_scene_model FOREIGN KEY(scene_id) REFERENCES scene (id)
);

CREATE INDEX ix_scene_model ON scene_model (model);

CREATE TABLE check_item_material (
	check_item_id VARCHAR(36) NOT NULL,
	material VARCHAR(36) NOT NULL,
	CONSTRAINT pk_check_item_material PRIMARY KEY (check_item_id, material),
	CONSTRAINT fk_check_item_material FOREIGN KEY(check_item_id) REFERENCES check_item (id)
);

CREATE INDEX ix_check_item_material ON check_item_material (material);

SELECT 1
FROM "plan"
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM scene
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM check_item
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM "plan"
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM scene
 LIMIT :param_1 OFFSET :param_2;

CREATE UNIQUE INDEX ix_plan_code ON "plan" (code);

UPDATE alembic_version SET version_num='0050' WHERE alembic_version.version_num = '0048';

CREATE TABLE current_grade (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	rule VARCHAR(36) NOT NULL,
	subject VARCHAR(36) NOT NULL,
	grade BIGINT NOT NULL,
	grade_name VARCHAR(100) NOT NULL,
	as_of DATE NOT NULL,
	risk_level VARCHAR(30),
	risk_points VARCHAR(30),
	credit_level VARCHAR(30),
	credit_points VARCHAR(30),
	region VARCHAR(12) NOT NULL,
	category VARCHAR(36),
	body TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	CONSTRAINT pk_current_grade PRIMARY KEY (id)
);

CREATE INDEX ix_current_grade_grade ON current_grade (grade, id);

CREATE INDEX ix_current_grade_region ON current_grade (region, grade, id);

CREATE INDEX ix_current_grade_rule ON current_grade (rule, grade, id);

CREATE INDEX ix_current_grade_subject ON current_grade (subject, id);

CREATE INDEX ix_current_grade_row_seal ON current_grade (row_seal);

CREATE TABLE current_grade_department (
	grade_id VARCHAR(36) NOT NULL,
	department VARCHAR(36) NOT NULL,
	CONSTRAINT pk_current_grade_department PRIMARY KEY (grade_id, department),
	CONSTRAINT fk_current_grade_department FOREIGN KEY(grade_id) REFERENCES current_grade (id)
);

UPDATE alembic_version SET version_num='0051' WHERE alembic_version.version_num = '0050';

ALTER TABLE export_request ADD COLUMN purpose VARCHAR(20) DEFAULT '-' NOT NULL;

SELECT 1
FROM export_request
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM export_request
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_export_request_region ON export_request (region, id);

UPDATE alembic_version SET version_num='0052' WHERE alembic_version.version_num = '0051';

CREATE TABLE form_draft (
	id VARCHAR(64) NOT NULL,
	version BIGINT NOT NULL,
	owner VARCHAR(36) NOT NULL,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_form_draft PRIMARY KEY (id)
);

CREATE INDEX ix_form_draft_owner ON form_draft (owner);

UPDATE alembic_version SET version_num='0055' WHERE alembic_version.version_num = '0052';

SELECT register_entry.label, register_entry.id
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.enabled = 1 AND register_entry.deleted_at IS NULL;

SELECT register_entry.label, register_entry.id
FROM register_entry
WHERE register_entry.register = :register_1 AND register_entry.enabled = 1 AND register_entry.deleted_at IS NULL;

SELECT 1
FROM checklist
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM grading_rule
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM scene
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0057' WHERE alembic_version.version_num = '0055';

CREATE TABLE assoc_person (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	register VARCHAR(60) NOT NULL,
	position BIGINT NOT NULL,
	enabled BOOLEAN NOT NULL,
	deleted_at DATETIME,
	region VARCHAR(12),
	department VARCHAR(36),
	label VARCHAR(200) NOT NULL,
	reference_code VARCHAR(60),
	synchronised BOOLEAN NOT NULL,
	added_at DATETIME,
	content TEXT NOT NULL,
	cells VARCHAR(64) NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_assoc_person PRIMARY KEY (id)
);

CREATE INDEX ix_assoc_person_position ON assoc_person (register, position, id);

CREATE INDEX ix_assoc_person_label ON assoc_person (register, label);

CREATE INDEX ix_assoc_person_code ON assoc_person (register, reference_code);

CREATE TABLE assoc_person_cell (
	entry_id VARCHAR(36) NOT NULL,
	name VARCHAR(80) NOT NULL,
	place BIGINT NOT NULL,
	register VARCHAR(60) NOT NULL,
	refers VARCHAR(60),
	value VARCHAR(200),
	living VARCHAR(80),
	CONSTRAINT pk_assoc_person_cell PRIMARY KEY (entry_id, name, place),
	CONSTRAINT fk_assoc_person_cell FOREIGN KEY(entry_id) REFERENCES assoc_person (id),
	CONSTRAINT uq_assoc_person_cell_living UNIQUE (living)
);

CREATE INDEX ix_assoc_person_cell_value ON assoc_person_cell (register, name, value);

CREATE INDEX ix_assoc_person_cell_refers ON assoc_person_cell (refers, value);

UPDATE alembic_version SET version_num='0058' WHERE alembic_version.version_num = '0057';

ALTER TABLE transfer ADD COLUMN task VARCHAR(36);

ALTER TABLE transfer ADD COLUMN scene VARCHAR(36);

ALTER TABLE evaluation_round ADD COLUMN counts_for VARCHAR(36);

ALTER TABLE current_grade ADD COLUMN code VARCHAR(64);

DROP INDEX ix_evaluation_round_model_id;

CREATE INDEX ix_evaluation_round_counts_for ON evaluation_round (counts_for);

CREATE INDEX ix_current_grade_code ON current_grade (code, id);

SELECT visit.id, visit.task
FROM visit;

SELECT task.id, task.scene
FROM task;

SELECT 1
FROM transfer
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM evaluation_round
 LIMIT :param_1 OFFSET :param_2;

SELECT subject.id, subject.code
FROM subject;

SELECT 1
FROM current_grade
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM transfer
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM evaluation_round
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM current_grade
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0059' WHERE alembic_version.version_num = '0058';

CREATE TABLE handbook (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	name VARCHAR(200),
	trade VARCHAR(36),
	scene VARCHAR(36),
	department VARCHAR(36) NOT NULL,
	state VARCHAR(10) NOT NULL,
	position BIGINT NOT NULL,
	batch VARCHAR(40),
	changed_on DATE NOT NULL,
	changed_by VARCHAR(36) NOT NULL,
	line TEXT NOT NULL,
	body TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	CONSTRAINT pk_handbook PRIMARY KEY (id)
);

CREATE INDEX ix_handbook_position ON handbook (position, id);

CREATE INDEX ix_handbook_region_position ON handbook (region, position, id);

CREATE INDEX ix_handbook_changed_on ON handbook (changed_on, id);

CREATE INDEX ix_handbook_region_changed_on ON handbook (region, changed_on, id);

CREATE TABLE handbook_reading (
	handbook_id VARCHAR(36) NOT NULL,
	channel VARCHAR(10) NOT NULL,
	read_on DATE NOT NULL,
	reads BIGINT NOT NULL,
	CONSTRAINT pk_handbook_reading PRIMARY KEY (handbook_id, channel, read_on)
);

UPDATE alembic_version SET version_num='0061' WHERE alembic_version.version_num = '0059';

ALTER TABLE checklist ADD COLUMN pilot BOOLEAN DEFAULT 0 NOT NULL;

ALTER TABLE checklist ADD COLUMN created_at DATETIME;

SELECT 1
FROM checklist
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM checklist
 LIMIT :param_1 OFFSET :param_2;

CREATE TABLE scene_checklist (
	scene_id VARCHAR(36) NOT NULL,
	checklist VARCHAR(36) NOT NULL,
	CONSTRAINT pk_scene_checklist PRIMARY KEY (scene_id, checklist),
	CONSTRAINT fk_scene_checklist FOREIGN KEY(scene_id) REFERENCES scene (id)
);

CREATE INDEX ix_scene_checklist ON scene_checklist (checklist);

SELECT 1
FROM scene
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0060' WHERE alembic_version.version_num = '0061';

ALTER TABLE task ADD COLUMN checklist VARCHAR(36);

ALTER TABLE visit ADD COLUMN lead VARCHAR(36);

ALTER TABLE clue ADD COLUMN registered_by VARCHAR(36);

ALTER TABLE task ADD COLUMN task_year BIGINT DEFAULT '0' NOT NULL;

ALTER TABLE task ADD COLUMN created_at DATETIME;

ALTER TABLE task ADD COLUMN dispatched_at DATETIME;

ALTER TABLE visit ADD COLUMN starts_on DATE;

ALTER TABLE visit ADD COLUMN assisted BOOLEAN DEFAULT 0 NOT NULL;

SELECT 1
FROM task
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM task
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM visit
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM task
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM visit
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0064' WHERE alembic_version.version_num = '0060';

ALTER TABLE check_item ADD COLUMN label VARCHAR(200);

SELECT 1
FROM check_item
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM check_item
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_check_item_label ON check_item (label);

ALTER TABLE team ADD COLUMN label VARCHAR(200);

SELECT 1
FROM team
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM team
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_team_label ON team (label);

ALTER TABLE risk_model ADD COLUMN label VARCHAR(200);

SELECT 1
FROM risk_model
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM risk_model
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_risk_model_label ON risk_model (label);

ALTER TABLE credit_model ADD COLUMN label VARCHAR(200);

SELECT 1
FROM credit_model
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM credit_model
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_credit_model_label ON credit_model (label);

ALTER TABLE grading_rule ADD COLUMN label VARCHAR(200);

SELECT 1
FROM grading_rule
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM grading_rule
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_grading_rule_label ON grading_rule (label);

UPDATE alembic_version SET version_num='0065' WHERE alembic_version.version_num = '0064';

ALTER TABLE publication ADD COLUMN name VARCHAR(200);

ALTER TABLE publication ADD COLUMN credit_code VARCHAR(40);

ALTER TABLE publication ADD COLUMN scene VARCHAR(36);

SELECT 1
FROM task
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM publication
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM publication
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_publication_formed_on ON publication (formed_on, id);

CREATE INDEX ix_publication_region_formed ON publication (region, formed_on, id);

CREATE INDEX ix_publication_credit_code ON publication (credit_code, formed_on, id);

CREATE INDEX ix_publication_scene ON publication (scene, formed_on, id);

CREATE TABLE article (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	title VARCHAR(200) NOT NULL,
	portal_column VARCHAR(20) NOT NULL,
	kind VARCHAR(20) NOT NULL,
	tags VARCHAR(100),
	department VARCHAR(36) NOT NULL,
	trade VARCHAR(36),
	state VARCHAR(10) NOT NULL,
	told_on DATE NOT NULL,
	summary VARCHAR(300),
	approvals BIGINT NOT NULL,
	returns BIGINT NOT NULL,
	body TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	CONSTRAINT pk_article PRIMARY KEY (id)
);

CREATE INDEX ix_article_told_on ON article (told_on, id);

CREATE INDEX ix_article_region ON article (region, told_on, id);

CREATE INDEX ix_article_column ON article (portal_column, told_on, id);

UPDATE alembic_version SET version_num='0068' WHERE alembic_version.version_num = '0065';

CREATE TABLE visit_rating (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	department VARCHAR(36) NOT NULL,
	rated_on DATE NOT NULL,
	lawful BIGINT NOT NULL,
	courteous BIGINT NOT NULL,
	helpful BIGINT NOT NULL,
	body TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	CONSTRAINT pk_visit_rating PRIMARY KEY (id)
);

CREATE INDEX ix_visit_rating_department ON visit_rating (department, rated_on);

CREATE TABLE data_change (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_data_change PRIMARY KEY (id)
);

UPDATE alembic_version SET version_num='0067' WHERE alembic_version.version_num = '0068';

CREATE TABLE counted (
	kind VARCHAR(40) NOT NULL,
	root_id VARCHAR(36) NOT NULL,
	cells TEXT NOT NULL,
	CONSTRAINT pk_counted PRIMARY KEY (kind, root_id)
);

CREATE TABLE count_group (
	id VARCHAR(32) NOT NULL,
	content TEXT NOT NULL,
	CONSTRAINT pk_count_group PRIMARY KEY (id)
);

CREATE TABLE count_cell (
	measure VARCHAR(30) NOT NULL,
	about VARCHAR(36) NOT NULL,
	counted_on DATE NOT NULL,
	region VARCHAR(12) NOT NULL,
	group_id VARCHAR(32) NOT NULL,
	value VARCHAR(40) NOT NULL,
	many BIGINT NOT NULL,
	CONSTRAINT pk_count_cell PRIMARY KEY (measure, about, counted_on, region, group_id, value)
);

UPDATE alembic_version SET version_num='0069' WHERE alembic_version.version_num = '0067';

CREATE TABLE field_record (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	owner VARCHAR(36) NOT NULL,
	state VARCHAR(10) NOT NULL,
	thing VARCHAR(36),
	left_version BIGINT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_field_record PRIMARY KEY (id)
);

CREATE INDEX ix_field_record_owner ON field_record (owner, thing);

CREATE TABLE field_device (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	owner VARCHAR(36) NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_field_device PRIMARY KEY (id)
);

CREATE INDEX ix_field_device_owner ON field_device (owner);

UPDATE alembic_version SET version_num='0070' WHERE alembic_version.version_num = '0069';

ALTER TABLE clue ADD COLUMN registered_on DATE DEFAULT '1970-01-01' NOT NULL;

ALTER TABLE clue ADD COLUMN service VARCHAR(100);

ALTER TABLE clue ADD COLUMN scene VARCHAR(36);

ALTER TABLE clue ADD COLUMN reporter VARCHAR(80);

ALTER TABLE clue ADD COLUMN disposal VARCHAR(20) DEFAULT 'waiting' NOT NULL;

CREATE INDEX ix_clue_reporter ON clue (reporter, registered_on, id);

CREATE INDEX ix_clue_complained ON clue (subject, registered_on, id);

CREATE INDEX ix_clue_registered_on ON clue (registered_on, id);

CREATE INDEX ix_clue_region_registered_on ON clue (region, registered_on, id);

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0076' WHERE alembic_version.version_num = '0070';

CREATE TABLE transfer_department (
	transfer_id VARCHAR(36) NOT NULL,
	department VARCHAR(36) NOT NULL,
	CONSTRAINT pk_transfer_department PRIMARY KEY (transfer_id, department),
	CONSTRAINT fk_transfer_department FOREIGN KEY(transfer_id) REFERENCES transfer (id)
);

CREATE INDEX ix_transfer_department ON transfer_department (department, transfer_id);

SELECT 1
FROM transfer
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0072' WHERE alembic_version.version_num = '0076';

ALTER TABLE field_device ADD COLUMN department VARCHAR(36);

CREATE INDEX ix_field_device_department ON field_device (department);

SELECT 1
FROM field_device
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0079' WHERE alembic_version.version_num = '0072';

CREATE TABLE scene_association (
	scene_id VARCHAR(36) NOT NULL,
	association VARCHAR(36) NOT NULL,
	CONSTRAINT pk_scene_association PRIMARY KEY (scene_id, association),
	CONSTRAINT fk_scene_association FOREIGN KEY(scene_id) REFERENCES scene (id)
);

CREATE INDEX ix_scene_association ON scene_association (association);

SELECT 1
FROM scene
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0080' WHERE alembic_version.version_num = '0079';

CREATE TABLE field_companion (
	device_id VARCHAR(36) NOT NULL,
	companion VARCHAR(36) NOT NULL,
	CONSTRAINT pk_field_companion PRIMARY KEY (device_id, companion),
	CONSTRAINT fk_field_companion FOREIGN KEY(device_id) REFERENCES field_device (id)
);

SELECT 1
FROM field_device
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_field_companion_companion ON field_companion (companion);

UPDATE alembic_version SET version_num='0081' WHERE alembic_version.version_num = '0080';

CREATE INDEX ix_count_cell_day ON count_cell (measure, counted_on, group_id);

CREATE INDEX ix_count_cell_group ON count_cell (group_id, measure, counted_on);

CREATE TABLE count_member (
	department VARCHAR(36) NOT NULL,
	group_id VARCHAR(32) NOT NULL,
	CONSTRAINT pk_count_member PRIMARY KEY (department, group_id)
);

CREATE INDEX ix_count_member_group ON count_member (group_id);

CREATE TABLE count_sum (
	along VARCHAR(10) NOT NULL,
	region VARCHAR(12) NOT NULL,
	measure VARCHAR(30) NOT NULL,
	counted_in DATE NOT NULL,
	value VARCHAR(40) NOT NULL,
	concerned VARCHAR(36) NOT NULL,
	many BIGINT NOT NULL,
	CONSTRAINT pk_count_sum PRIMARY KEY (along, region, measure, counted_in, value, concerned)
);

SELECT count_group.id, count_group.content
FROM count_group;

SELECT count_cell.measure, count_cell.about, count_cell.region, count_cell.group_id, count_cell.counted_on, count_cell.value, count_cell.many
FROM count_cell;

UPDATE alembic_version SET version_num='0082' WHERE alembic_version.version_num = '0081';

ALTER TABLE clue ADD COLUMN reporter_index VARCHAR(80);

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

DROP INDEX ix_clue_reporter;

ALTER TABLE clue DROP COLUMN reporter;

CREATE INDEX ix_clue_reporter ON clue (reporter_index, registered_on, id);

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0083' WHERE alembic_version.version_num = '0082';

ALTER TABLE task_department ADD COLUMN code VARCHAR(64) DEFAULT '-' NOT NULL;

SELECT 1
FROM task
 LIMIT :param_1 OFFSET :param_2;

ALTER TABLE visit_department ADD COLUMN code VARCHAR(64) DEFAULT '-' NOT NULL;

SELECT 1
FROM visit
 LIMIT :param_1 OFFSET :param_2;

DROP INDEX ix_task_department_department;

CREATE INDEX ix_task_department_department ON task_department (department, code, task_id);

CREATE INDEX ix_visit_department_department ON visit_department (department, code, visit_id);

UPDATE alembic_version SET version_num='0084' WHERE alembic_version.version_num = '0083';

CREATE TABLE approval_file (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	register VARCHAR(60) NOT NULL,
	position BIGINT NOT NULL,
	enabled BOOLEAN NOT NULL,
	deleted_at DATETIME,
	region VARCHAR(12),
	department VARCHAR(36),
	label VARCHAR(200) NOT NULL,
	reference_code VARCHAR(60),
	synchronised BOOLEAN NOT NULL,
	added_at DATETIME,
	content TEXT NOT NULL,
	cells VARCHAR(64) NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_approval_file PRIMARY KEY (id)
);

CREATE INDEX ix_approval_file_position ON approval_file (register, position, id);

CREATE INDEX ix_approval_file_label ON approval_file (register, label);

CREATE INDEX ix_approval_file_code ON approval_file (register, reference_code);

CREATE TABLE approval_file_cell (
	entry_id VARCHAR(36) NOT NULL,
	name VARCHAR(80) NOT NULL,
	place BIGINT NOT NULL,
	register VARCHAR(60) NOT NULL,
	refers VARCHAR(60),
	value VARCHAR(200),
	living VARCHAR(80),
	CONSTRAINT pk_approval_file_cell PRIMARY KEY (entry_id, name, place),
	CONSTRAINT fk_approval_file_cell FOREIGN KEY(entry_id) REFERENCES approval_file (id),
	CONSTRAINT uq_approval_file_cell_living UNIQUE (living)
);

CREATE INDEX ix_approval_file_cell_value ON approval_file_cell (register, name, value);

CREATE INDEX ix_approval_file_cell_refers ON approval_file_cell (refers, value);

UPDATE alembic_version SET version_num='0085' WHERE alembic_version.version_num = '0084';

ALTER TABLE done_command ADD COLUMN done_on DATE;

CREATE INDEX ix_done_command_done_on ON done_command (done_on);

CREATE INDEX ix_audit_row_department ON audit_row (department, position);

UPDATE alembic_version SET version_num='0086' WHERE alembic_version.version_num = '0085';

DROP INDEX ix_count_cell_group;

CREATE INDEX ix_count_cell_group ON count_cell (group_id, region, counted_on, measure);

UPDATE alembic_version SET version_num='0087' WHERE alembic_version.version_num = '0086';

CREATE TABLE draw_series (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	body TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	CONSTRAINT pk_draw_series PRIMARY KEY (id)
);

UPDATE alembic_version SET version_num='0092' WHERE alembic_version.version_num = '0087';

CREATE TABLE draw_chain (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	body TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	CONSTRAINT pk_draw_chain PRIMARY KEY (id)
);

UPDATE alembic_version SET version_num='0093' WHERE alembic_version.version_num = '0092';

SELECT 1
FROM publication
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM publication
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0096' WHERE alembic_version.version_num = '0093';

CREATE TABLE registration_change (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_registration_change PRIMARY KEY (id)
);

UPDATE alembic_version SET version_num='0097' WHERE alembic_version.version_num = '0096';

ALTER TABLE draw_series ADD COLUMN lead VARCHAR(36) DEFAULT '-' NOT NULL;

ALTER TABLE draw_series ADD COLUMN draw_year BIGINT DEFAULT '0' NOT NULL;

SELECT 1
FROM draw_series
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_draw_series_draw_year ON draw_series (draw_year, lead);

SELECT 1
FROM draw
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM draw_series
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0099' WHERE alembic_version.version_num = '0097';

SELECT 1
FROM task
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM draw
 LIMIT :param_1 OFFSET :param_2;

ALTER TABLE draw ADD COLUMN of_task VARCHAR(36);

SELECT 1
FROM draw
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_draw_of_task ON draw (of_task);

DROP INDEX ix_draw_task;

ALTER TABLE draw DROP COLUMN task;

SELECT 1
FROM draw
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0100' WHERE alembic_version.version_num = '0099';

CREATE TABLE unscheduled_run (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	rule VARCHAR(36) NOT NULL,
	as_of DATE NOT NULL,
	body TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	CONSTRAINT pk_unscheduled_run PRIMARY KEY (id)
);

CREATE INDEX ix_unscheduled_run_rule ON unscheduled_run (rule, as_of);

UPDATE alembic_version SET version_num='0102' WHERE alembic_version.version_num = '0100';

ALTER TABLE visit ADD COLUMN place_proof VARCHAR(10);

SELECT 1
FROM visit
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_visit_formed_on ON visit (formed_on, lead, place_proof);

SELECT 1
FROM visit
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0104' WHERE alembic_version.version_num = '0102';

ALTER TABLE task ADD COLUMN confirm_by DATE;

ALTER TABLE task ADD COLUMN confirmed_on DATE;

SELECT 1
FROM task
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_task_confirm_by ON task (confirm_by);

SELECT 1
FROM task
 LIMIT :param_1 OFFSET :param_2;

ALTER TABLE clue ADD COLUMN by_staff BOOLEAN DEFAULT 0 NOT NULL;

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_clue_disposal ON clue (disposal, registered_on);

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0106' WHERE alembic_version.version_num = '0104';

DROP TABLE draw_chain;

CREATE TABLE draw_tree (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	body TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	CONSTRAINT pk_draw_tree PRIMARY KEY (id)
);

SELECT 1
FROM draw
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM draw
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0108' WHERE alembic_version.version_num = '0106';

CREATE TABLE subject_former_code (
	subject_id VARCHAR(36) NOT NULL,
	code VARCHAR(64) NOT NULL,
	CONSTRAINT pk_subject_former_code PRIMARY KEY (subject_id, code),
	CONSTRAINT fk_subject_former_code FOREIGN KEY(subject_id) REFERENCES subject (id)
);

SELECT 1
FROM subject
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_subject_former_code_code ON subject_former_code (code);

UPDATE alembic_version SET version_num='0110' WHERE alembic_version.version_num = '0108';

CREATE TABLE rectification_department (
	rectification_id VARCHAR(36) NOT NULL,
	department VARCHAR(36) NOT NULL,
	CONSTRAINT pk_rectification_department PRIMARY KEY (rectification_id, department),
	CONSTRAINT fk_rectification_department FOREIGN KEY(rectification_id) REFERENCES rectification (id)
);

SELECT 1
FROM rectification
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0112' WHERE alembic_version.version_num = '0110';

ALTER TABLE attachment ADD COLUMN content_index VARCHAR(80);

SELECT 1
FROM attachment
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_attachment_content_index ON attachment (content_index);

SELECT 1
FROM attachment
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0113' WHERE alembic_version.version_num = '0112';

SELECT 1
FROM task
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0116' WHERE alembic_version.version_num = '0113';

SELECT alembic_version.version_num
FROM alembic_version;

SELECT 1
FROM task
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0113' WHERE alembic_version.version_num = '0116';

DROP INDEX ix_attachment_content_index;

ALTER TABLE attachment DROP COLUMN content_index;

SELECT 1
FROM attachment
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0112' WHERE alembic_version.version_num = '0113';

DROP TABLE rectification_department;

UPDATE alembic_version SET version_num='0110' WHERE alembic_version.version_num = '0112';

DROP INDEX ix_subject_former_code_code;

DROP TABLE subject_former_code;

UPDATE alembic_version SET version_num='0108' WHERE alembic_version.version_num = '0110';

DROP TABLE draw_tree;

CREATE TABLE draw_chain (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	body TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	CONSTRAINT pk_draw_chain PRIMARY KEY (id)
);

SELECT 1
FROM draw
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM draw
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0106' WHERE alembic_version.version_num = '0108';

DROP INDEX ix_clue_disposal;

ALTER TABLE clue DROP COLUMN by_staff;

DROP INDEX ix_task_confirm_by;

ALTER TABLE task DROP COLUMN confirmed_on;

ALTER TABLE task DROP COLUMN confirm_by;

SELECT 1
FROM task
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0104' WHERE alembic_version.version_num = '0106';

DROP INDEX ix_visit_formed_on;

ALTER TABLE visit DROP COLUMN place_proof;

SELECT 1
FROM visit
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0102' WHERE alembic_version.version_num = '0104';

DROP INDEX ix_unscheduled_run_rule;

DROP TABLE unscheduled_run;

UPDATE alembic_version SET version_num='0100' WHERE alembic_version.version_num = '0102';

ALTER TABLE draw ADD COLUMN task VARCHAR(36) DEFAULT '-' NOT NULL;

SELECT 1
FROM draw
 LIMIT :param_1 OFFSET :param_2;

CREATE INDEX ix_draw_task ON draw (task);

DROP INDEX ix_draw_of_task;

ALTER TABLE draw DROP COLUMN of_task;

SELECT 1
FROM draw
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0099' WHERE alembic_version.version_num = '0100';

SELECT 1
FROM draw_series
 LIMIT :param_1 OFFSET :param_2;

DROP INDEX ix_draw_series_draw_year;

ALTER TABLE draw_series DROP COLUMN draw_year;

ALTER TABLE draw_series DROP COLUMN lead;

SELECT 1
FROM draw_series
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM draw_series
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0097' WHERE alembic_version.version_num = '0099';

DROP TABLE registration_change;

UPDATE alembic_version SET version_num='0096' WHERE alembic_version.version_num = '0097';

SELECT 1
FROM publication
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM publication
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0093' WHERE alembic_version.version_num = '0096';

DROP TABLE draw_chain;

UPDATE alembic_version SET version_num='0092' WHERE alembic_version.version_num = '0093';

DROP TABLE draw_series;

UPDATE alembic_version SET version_num='0087' WHERE alembic_version.version_num = '0092';

DROP INDEX ix_count_cell_group;

CREATE INDEX ix_count_cell_group ON count_cell (group_id, measure, counted_on);

UPDATE alembic_version SET version_num='0086' WHERE alembic_version.version_num = '0087';

DROP INDEX ix_audit_row_department;

DROP INDEX ix_done_command_done_on;

ALTER TABLE done_command DROP COLUMN done_on;

UPDATE alembic_version SET version_num='0085' WHERE alembic_version.version_num = '0086';

DROP TABLE approval_file_cell;

DROP TABLE approval_file;

UPDATE alembic_version SET version_num='0084' WHERE alembic_version.version_num = '0085';

DROP INDEX ix_task_department_department;

ALTER TABLE task_department DROP COLUMN code;

DROP INDEX ix_visit_department_department;

ALTER TABLE visit_department DROP COLUMN code;

CREATE INDEX ix_task_department_department ON task_department (department, task_id);

UPDATE alembic_version SET version_num='0083' WHERE alembic_version.version_num = '0084';

ALTER TABLE clue ADD COLUMN reporter VARCHAR(80);

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

DROP INDEX ix_clue_reporter;

ALTER TABLE clue DROP COLUMN reporter_index;

CREATE INDEX ix_clue_reporter ON clue (reporter, registered_on, id);

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0082' WHERE alembic_version.version_num = '0083';

DROP TABLE count_sum;

DROP TABLE count_member;

DROP INDEX ix_count_cell_group;

DROP INDEX ix_count_cell_day;

UPDATE alembic_version SET version_num='0081' WHERE alembic_version.version_num = '0082';

DROP INDEX ix_field_companion_companion;

DROP TABLE field_companion;

UPDATE alembic_version SET version_num='0080' WHERE alembic_version.version_num = '0081';

DROP TABLE scene_association;

UPDATE alembic_version SET version_num='0079' WHERE alembic_version.version_num = '0080';

DROP INDEX ix_field_device_department;

ALTER TABLE field_device DROP COLUMN department;

SELECT 1
FROM field_device
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0072' WHERE alembic_version.version_num = '0079';

DROP INDEX ix_transfer_department;

DROP TABLE transfer_department;

UPDATE alembic_version SET version_num='0076' WHERE alembic_version.version_num = '0072';

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

DROP INDEX ix_clue_reporter;

DROP INDEX ix_clue_complained;

DROP INDEX ix_clue_registered_on;

DROP INDEX ix_clue_region_registered_on;

ALTER TABLE clue DROP COLUMN registered_on;

ALTER TABLE clue DROP COLUMN service;

ALTER TABLE clue DROP COLUMN scene;

ALTER TABLE clue DROP COLUMN disposal;

ALTER TABLE clue DROP COLUMN reporter;

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0070' WHERE alembic_version.version_num = '0076';

DROP TABLE field_device;

DROP TABLE field_record;

UPDATE alembic_version SET version_num='0069' WHERE alembic_version.version_num = '0070';

DROP TABLE count_cell;

DROP TABLE count_group;

DROP TABLE counted;

UPDATE alembic_version SET version_num='0067' WHERE alembic_version.version_num = '0069';

DROP TABLE data_change;

DROP TABLE visit_rating;

UPDATE alembic_version SET version_num='0068' WHERE alembic_version.version_num = '0067';

DROP TABLE article;

DROP INDEX ix_publication_formed_on;

DROP INDEX ix_publication_region_formed;

DROP INDEX ix_publication_credit_code;

DROP INDEX ix_publication_scene;

ALTER TABLE publication DROP COLUMN name;

ALTER TABLE publication DROP COLUMN credit_code;

ALTER TABLE publication DROP COLUMN scene;

SELECT 1
FROM publication
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0065' WHERE alembic_version.version_num = '0068';

DROP INDEX ix_check_item_label;

ALTER TABLE check_item DROP COLUMN label;

SELECT 1
FROM check_item
 LIMIT :param_1 OFFSET :param_2;

DROP INDEX ix_team_label;

ALTER TABLE team DROP COLUMN label;

SELECT 1
FROM team
 LIMIT :param_1 OFFSET :param_2;

DROP INDEX ix_risk_model_label;

ALTER TABLE risk_model DROP COLUMN label;

SELECT 1
FROM risk_model
 LIMIT :param_1 OFFSET :param_2;

DROP INDEX ix_credit_model_label;

ALTER TABLE credit_model DROP COLUMN label;

SELECT 1
FROM credit_model
 LIMIT :param_1 OFFSET :param_2;

DROP INDEX ix_grading_rule_label;

ALTER TABLE grading_rule DROP COLUMN label;

SELECT 1
FROM grading_rule
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0064' WHERE alembic_version.version_num = '0065';

ALTER TABLE task DROP COLUMN checklist;

ALTER TABLE task DROP COLUMN task_year;

ALTER TABLE task DROP COLUMN created_at;

ALTER TABLE task DROP COLUMN dispatched_at;

SELECT 1
FROM task
 LIMIT :param_1 OFFSET :param_2;

ALTER TABLE visit DROP COLUMN lead;

ALTER TABLE visit DROP COLUMN starts_on;

ALTER TABLE visit DROP COLUMN assisted;

SELECT 1
FROM visit
 LIMIT :param_1 OFFSET :param_2;

ALTER TABLE clue DROP COLUMN registered_by;

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0060' WHERE alembic_version.version_num = '0064';

DROP TABLE scene_checklist;

ALTER TABLE checklist DROP COLUMN pilot;

ALTER TABLE checklist DROP COLUMN created_at;

SELECT 1
FROM checklist
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0061' WHERE alembic_version.version_num = '0060';

DROP TABLE handbook_reading;

DROP TABLE handbook;

UPDATE alembic_version SET version_num='0059' WHERE alembic_version.version_num = '0061';

DROP INDEX ix_current_grade_code;

DROP INDEX ix_evaluation_round_counts_for;

CREATE INDEX ix_evaluation_round_model_id ON evaluation_round (model_id);

ALTER TABLE transfer DROP COLUMN task;

ALTER TABLE transfer DROP COLUMN scene;

SELECT 1
FROM transfer
 LIMIT :param_1 OFFSET :param_2;

ALTER TABLE evaluation_round DROP COLUMN counts_for;

SELECT 1
FROM evaluation_round
 LIMIT :param_1 OFFSET :param_2;

ALTER TABLE current_grade DROP COLUMN code;

SELECT 1
FROM current_grade
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0058' WHERE alembic_version.version_num = '0059';

DROP TABLE assoc_person_cell;

DROP TABLE assoc_person;

UPDATE alembic_version SET version_num='0057' WHERE alembic_version.version_num = '0058';

UPDATE alembic_version SET version_num='0055' WHERE alembic_version.version_num = '0057';

DROP TABLE form_draft;

UPDATE alembic_version SET version_num='0052' WHERE alembic_version.version_num = '0055';

DROP INDEX ix_export_request_region;

SELECT 1
FROM export_request
 LIMIT :param_1 OFFSET :param_2;

ALTER TABLE export_request DROP COLUMN purpose;

UPDATE alembic_version SET version_num='0051' WHERE alembic_version.version_num = '0052';

DROP TABLE current_grade_department;

DROP TABLE current_grade;

UPDATE alembic_version SET version_num='0050' WHERE alembic_version.version_num = '0051';

DROP TABLE check_item_material;

DROP TABLE scene_model;

ALTER TABLE scene DROP COLUMN tags;

DROP INDEX ix_plan_code;

ALTER TABLE "plan" DROP COLUMN code;

ALTER TABLE "plan" DROP COLUMN starts_on;

ALTER TABLE "plan" DROP COLUMN ends_on;

UPDATE alembic_version SET version_num='0048' WHERE alembic_version.version_num = '0050';

DROP TABLE served_letter;

UPDATE alembic_version SET version_num='0047' WHERE alembic_version.version_num = '0048';

DROP TABLE job;

UPDATE alembic_version SET version_num='0046' WHERE alembic_version.version_num = '0047';

SELECT 1
FROM subject
 LIMIT :param_1 OFFSET :param_2;

DROP INDEX ix_subject_said_said;

DROP TABLE subject_said;

ALTER TABLE subject DROP COLUMN extras;

UPDATE alembic_version SET version_num='0045' WHERE alembic_version.version_num = '0046';

DROP INDEX ix_visit_extension_lead;

DROP INDEX ix_visit_extension_old_due;

DROP INDEX ix_visit_extension_region;

DROP TABLE visit_extension;

UPDATE alembic_version SET version_num='0044' WHERE alembic_version.version_num = '0045';

DROP TABLE preferences;

UPDATE alembic_version SET version_num='0043' WHERE alembic_version.version_num = '0044';

DROP INDEX ix_transfer_region;

DROP INDEX ix_transfer_subject;

DROP INDEX ix_review_region;

DROP INDEX ix_review_task;

DROP INDEX ix_plan_name;

DROP INDEX ix_plan_region;

DROP TABLE plan_department;

SELECT 1
FROM review
 LIMIT :param_1 OFFSET :param_2;

ALTER TABLE transfer DROP COLUMN reason;

ALTER TABLE transfer DROP COLUMN kind;

ALTER TABLE transfer DROP COLUMN state;

ALTER TABLE transfer DROP COLUMN visit;

ALTER TABLE transfer DROP COLUMN subject;

ALTER TABLE transfer DROP COLUMN region;

ALTER TABLE transfer DROP COLUMN department;

ALTER TABLE transfer DROP COLUMN receiver;

ALTER TABLE review DROP COLUMN region;

ALTER TABLE review DROP COLUMN department;

ALTER TABLE review DROP COLUMN done;

ALTER TABLE "plan" DROP COLUMN joining;

ALTER TABLE "plan" DROP COLUMN sub_plan_count;

UPDATE alembic_version SET version_num='0042' WHERE alembic_version.version_num = '0043';

DROP TABLE todo;

UPDATE alembic_version SET version_num='0041' WHERE alembic_version.version_num = '0042';

DROP TABLE law_provision;

DROP TABLE law;

DROP TABLE document_template;

DROP TABLE standard_material;

CREATE TABLE law (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	title VARCHAR(200) NOT NULL,
	in_force_from DATE NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_law PRIMARY KEY (id)
);

CREATE INDEX ix_law_title ON law (title, in_force_from);

CREATE TABLE document_template (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	document VARCHAR(40) NOT NULL,
	region VARCHAR(12) NOT NULL,
	department VARCHAR(36) NOT NULL,
	state VARCHAR(10) NOT NULL,
	place BIGINT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_document_template PRIMARY KEY (id)
);

CREATE INDEX ix_document_template_owner ON document_template (region, department, document);

CREATE TABLE standard_material (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_standard_material PRIMARY KEY (id)
);

UPDATE alembic_version SET version_num='0040' WHERE alembic_version.version_num = '0041';

DROP INDEX ix_term_warning_department;

DROP TABLE term_warning_department;

DROP INDEX ix_term_warning_region;

DROP INDEX ix_term_warning_due_on;

DROP INDEX ix_term_warning_state;

DROP INDEX ix_term_warning_task;

DROP TABLE term_warning;

CREATE TABLE check_cap (
	department VARCHAR(36) NOT NULL,
	most BIGINT NOT NULL,
	CONSTRAINT pk_check_cap PRIMARY KEY (department)
);

UPDATE alembic_version SET version_num='0039' WHERE alembic_version.version_num = '0040';

DROP INDEX ix_station_message_unread;

DROP INDEX ix_station_message_owner;

DROP TABLE station_message;

UPDATE alembic_version SET version_num='0038' WHERE alembic_version.version_num = '0039';

DROP INDEX ix_subject_principal_index;

ALTER TABLE subject DROP COLUMN principal_index;

ALTER TABLE subject DROP COLUMN principal;

ALTER TABLE subject DROP COLUMN deleted;

UPDATE alembic_version SET version_num='0037' WHERE alembic_version.version_num = '0038';

DROP TABLE audit_target;

UPDATE alembic_version SET version_num='0036' WHERE alembic_version.version_num = '0037';

DROP TABLE proposal;

UPDATE alembic_version SET version_num='0035' WHERE alembic_version.version_num = '0036';

ALTER TABLE officer DROP COLUMN extras;

ALTER TABLE officer DROP COLUMN sex;

ALTER TABLE officer DROP COLUMN phone;

UPDATE alembic_version SET version_num='0034' WHERE alembic_version.version_num = '0035';

DROP INDEX ix_register_entry_code;

ALTER TABLE register_entry DROP COLUMN reference_code;

ALTER TABLE register_entry DROP COLUMN synchronised;

ALTER TABLE register_entry DROP COLUMN added_at;

DROP INDEX ix_institution_code;

ALTER TABLE institution DROP COLUMN reference_code;

ALTER TABLE institution DROP COLUMN synchronised;

ALTER TABLE institution DROP COLUMN added_at;

DROP INDEX ix_partner_person_code;

ALTER TABLE partner_person DROP COLUMN reference_code;

ALTER TABLE partner_person DROP COLUMN synchronised;

ALTER TABLE partner_person DROP COLUMN added_at;

DROP INDEX ix_partner_licence_code;

ALTER TABLE partner_licence DROP COLUMN reference_code;

ALTER TABLE partner_licence DROP COLUMN synchronised;

ALTER TABLE partner_licence DROP COLUMN added_at;

UPDATE alembic_version SET version_num='0033' WHERE alembic_version.version_num = '0034';

DROP INDEX ix_department_place;

ALTER TABLE department DROP COLUMN line;

ALTER TABLE department DROP COLUMN short_name;

UPDATE alembic_version SET version_num='0032' WHERE alembic_version.version_num = '0033';

DROP TABLE institution_cell;

DROP TABLE institution;

DROP TABLE partner_person_cell;

DROP TABLE partner_person;

DROP TABLE partner_licence_cell;

DROP TABLE partner_licence;

CREATE TABLE institution (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_institution PRIMARY KEY (id)
);

CREATE TABLE association (
	id VARCHAR(36) NOT NULL,
	version BIGINT NOT NULL,
	region VARCHAR(12) NOT NULL,
	sealed TEXT NOT NULL,
	row_seal VARCHAR(80) NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_association PRIMARY KEY (id)
);

UPDATE alembic_version SET version_num='0031' WHERE alembic_version.version_num = '0032';

DROP INDEX ix_dead_letter_state;

DROP TABLE dead_letter;

DROP TABLE receiver;

DROP TABLE outbox;

CREATE TABLE outbox (
	position INTEGER NOT NULL,
	name VARCHAR(100) NOT NULL,
	happened_at DATETIME NOT NULL,
	facts TEXT NOT NULL,
	CONSTRAINT pk_outbox PRIMARY KEY (position)
);

UPDATE alembic_version SET version_num='0030' WHERE alembic_version.version_num = '0031';

CREATE TABLE category (
	id VARCHAR(40) NOT NULL,
	version BIGINT NOT NULL,
	name VARCHAR(100) NOT NULL,
	region VARCHAR(12) NOT NULL,
	parent VARCHAR(40),
	deleted BOOLEAN NOT NULL,
	row_seal VARCHAR(80) DEFAULT '-' NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_category PRIMARY KEY (id)
);

CREATE INDEX ix_category_parent ON category (parent);

UPDATE alembic_version SET version_num='0029' WHERE alembic_version.version_num = '0030';

DROP INDEX ix_rectification_region;

DROP INDEX ix_publication_region;

DROP INDEX ix_clue_region;

UPDATE alembic_version SET version_num='0028' WHERE alembic_version.version_num = '0029';

DROP INDEX ix_task_party_party;

DROP TABLE task_party;

DROP INDEX ix_officer_account;

DROP INDEX ix_officer_document_index;

ALTER TABLE officer DROP COLUMN account;

ALTER TABLE officer DROP COLUMN document_index;

UPDATE alembic_version SET version_num='0027' WHERE alembic_version.version_num = '0028';

DROP TABLE attachment_piece;

DROP TABLE attachment;

DROP TABLE staged_content;

DROP TABLE staged_piece;

DROP TABLE staged_file;

UPDATE alembic_version SET version_num='0026' WHERE alembic_version.version_num = '0027';

DROP TABLE register_cell;

DROP TABLE register_entry;

UPDATE alembic_version SET version_num='0025' WHERE alembic_version.version_num = '0026';

DROP TABLE access_change;

UPDATE alembic_version SET version_num='0024' WHERE alembic_version.version_num = '0025';

ALTER TABLE draw ADD COLUMN pool TEXT DEFAULT '-' NOT NULL;

SELECT draw.id
FROM draw ORDER BY draw.id;

ALTER TABLE draw DROP COLUMN drawn_hash;

ALTER TABLE draw DROP COLUMN pool_hash;

DROP TABLE draw_pool;

UPDATE alembic_version SET version_num='0023' WHERE alembic_version.version_num = '0024';

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
 LIMIT :param_1 OFFSET :param_2;

SELECT subject_statement.subject_id, subject_statement.recorded, subject_statement.known_on, subject_statement.source, subject_statement.registered_capital, subject_statement.shareholders, subject_statement.outside_investments, subject_statement.branches, subject_statement.established_on, subject_statement.entity_type, subject_statement.licences, subject_statement.licence_expires_on, subject_statement.paid_in_capital_share, subject_statement.representative_changes_3y, subject_statement.name_changes_3y, subject_statement.domicile_changes_3y, subject_statement.scope_changes_3y, subject_statement.loss_years_3y, subject_statement.debt_ratio, subject_statement.in_liquidation, subject_statement.insured_staff, subject_statement.staff, subject_statement.tax_paid_1y, subject_statement.tax_in_arrears, subject_statement.share_freezes_3y, subject_statement.abnormal_listed, subject_statement.abnormal_listings_3y, subject_statement.dishonesty_listed, subject_statement.judgment_defaulter, subject_statement.credit_repaired, subject_statement.penalties_3y, subject_statement.penalty_amount_3y, subject_statement.lawsuits_3y, subject_statement.complaints_1y, subject_statement.bad_press_1m, subject_statement.accidents_3y, subject_statement.sampling_failures_1y, subject_statement.major_hazard_source, subject_statement.liability_insured, subject_statement.quality_deposit_paid, subject_statement.fraud_alerts_1y, subject_statement.row_seal
FROM subject_statement ORDER BY subject_statement.subject_id, subject_statement.recorded
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM graded_subject
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM subject
 LIMIT :param_1 OFFSET :param_2;

DROP TABLE batch_seal;

UPDATE alembic_version SET version_num='0021' WHERE alembic_version.version_num = '0022';

DELETE FROM grant_holding WHERE grant_holding.kind = :kind_1;

DROP INDEX ix_second_person_request_about;

DROP INDEX ix_second_person_request_asked;

DROP INDEX ix_second_person_request_state;

DROP TABLE second_person_request;

UPDATE alembic_version SET version_num='0020' WHERE alembic_version.version_num = '0021';

DROP INDEX ix_phone_notice_sent;

DROP TABLE phone_notice;

DROP TABLE phone_change;

UPDATE alembic_version SET version_num='0019' WHERE alembic_version.version_num = '0020';

SELECT 1
FROM app_user
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM app_user
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0018' WHERE alembic_version.version_num = '0019';

SELECT 1
FROM log_in_session
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM log_in_session
 LIMIT :param_1 OFFSET :param_2;

UPDATE alembic_version SET version_num='0017' WHERE alembic_version.version_num = '0018';

SELECT 1
FROM credentials
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM credentials
 LIMIT :param_1 OFFSET :param_2;

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

ALTER TABLE "plan" DROP COLUMN row_seal;

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

SELECT 1
FROM subject
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM officer
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM clue
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM institution
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM association
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM visit
 LIMIT :param_1 OFFSET :param_2;

SELECT 1
FROM rectification
 LIMIT :param_1 OFFSET :param_2;

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

DROP TABLE "plan";

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
