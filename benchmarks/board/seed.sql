-- A board of :incidents incidents made of the one that stands, newest last; two in a hundred are open, spread over all.
INSERT INTO incident SELECT (jsonb_populate_record(i, jsonb_build_object(
  'incident_id', '0180-' || lpad(to_hex(g), 12, '0'),
  'title', 'incident ' || g,
  'description', repeat('long text ', 50),
  'status', CASE WHEN g % 50 = 0 THEN (ARRAY['reported', 'responding', 'controlled'])[g / 50 % 3 + 1]
                 WHEN g % 10 = 1 THEN 'false_report' ELSE 'closed' END,
  'sector', (ARRAY['hazardous_chemicals', 'fire', 'road_traffic', 'coal_mine', 'earthquake'])[g % 5 + 1],
  'grade', CASE WHEN g % 1000 = 0 THEN 'catastrophic' WHEN g % 100 = 0 THEN 'major'
                WHEN g % 10 = 0 THEN 'significant' ELSE 'general' END,
  'origin', (ARRAY['210404', '210421', '210403'])[g % 3 + 1],
  'commanded_by', CASE WHEN g % 200 = 0 THEN '210400' ELSE '210404' END
))).* FROM incident i, generate_series(1, :incidents) g WHERE i.incident_id = :template;

INSERT INTO clock SELECT (jsonb_populate_record(c, jsonb_build_object(
  'incident_id', '0180-' || lpad(to_hex(g), 12, '0'),
  'duty_id', c.duty || '-' || g,
  'due_at', c.due_at - make_interval(secs => g),
  'status', CASE WHEN g % 50 = 0 THEN 'running' WHEN g % 500 = 1 THEN 'overdue' ELSE 'discharged' END,
  'wakes_at', c.due_at + interval '10 years'
))).* FROM clock c, generate_series(1, :incidents) g WHERE c.incident_id = :template;

INSERT INTO report SELECT (jsonb_populate_record(r, jsonb_build_object(
  'report_id', '0180-r-' || lpad(to_hex(g), 12, '0'),
  'incident_id', '0180-' || lpad(to_hex(g), 12, '0'),
  'external_reference', NULL,
  'status', CASE WHEN g % 1000 = 1 THEN 'parked' ELSE 'attached' END,
  'taken_by', CASE WHEN g % 2 = 0 THEN 'busy-gateway' WHEN g % 5000 = 1 THEN 'rare-sensor' ELSE 'taker' END
))).* FROM report r, generate_series(1, :incidents) g WHERE r.incident_id = :template;

INSERT INTO consultation SELECT (jsonb_populate_record(c, jsonb_build_object(
  'consultation_id', '0180-c-' || lpad(to_hex(g), 12, '0'),
  'incident_id', '0180-' || lpad(to_hex(g), 12, '0'),
  'departments', CASE WHEN g % 5000 = 0 THEN '["rare"]'::jsonb ELSE '["health"]'::jsonb END
))).* FROM consultation c, generate_series(20, :incidents, 20) g WHERE c.incident_id = :template;

INSERT INTO timeline (incident_id, kind, jurisdiction, actor, occurred_at, entered_at, summary, summary_en)
SELECT '0180-' || lpad(to_hex(g), 12, '0'), t.kind, t.jurisdiction, t.actor, t.occurred_at, t.entered_at, t.summary, t.summary_en
FROM timeline t, generate_series(1, :incidents) g WHERE t.incident_id = :template;

VACUUM ANALYZE;
