// Made by `liandong generate` from the OpenAPI of the incident service.

export interface paths {
    "/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Names
         * @description What things are called in this plan.
         */
        get: operations["show_names_names_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Calls
         * @description Calls that were no report, the newest first.
         */
        get: operations["list_calls_intake_calls_get"];
        put?: never;
        /**
         * Park Call
         * @description A silent call waits until somebody has called back; the others are settled with their reason.
         */
        post: operations["park_call_intake_calls_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/calls/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find Calls
         * @description The calls that came from this number, the newest first; it changes nothing.
         */
        post: operations["find_calls_intake_calls_search_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/calls/{call_id}/caller": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Call Caller
         * @description The whole number, to call back; that it was read goes into the audit.
         */
        get: operations["show_call_caller_intake_calls__call_id__caller_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/calls/{call_id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note Down
         * @description What somebody found or did: called back, nobody answered.
         */
        post: operations["note_down_intake_calls__call_id__notes_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/calls/{call_id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Settle Call
         * @description Nothing is to be done about it, and why.
         */
        post: operations["settle_call_intake_calls__call_id__settle_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/calls/{call_id}/became": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call Became Report
         * @description It was real: the report of the same caller was taken already. A report yet to be taken names the call itself.
         */
        post: operations["call_became_report_intake_calls__call_id__became_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/form": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Form
         * @description Channels, sectors with their questions, and how a call is timed.
         */
        get: operations["show_form_intake_form_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find Places
         * @description Places of this node for what was typed, the likeliest first, as many as there are digit keys.
         */
        get: operations["find_places_intake_places_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/borders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find Borders
         * @description Which jurisdictions a place may lie in: several near a border, where the operator says which of these.
         */
        get: operations["find_borders_intake_borders_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find Kinds
         * @description Kinds of event for what was typed.
         */
        get: operations["find_kinds_intake_kinds_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find Similar
         * @description Open incidents that a call may be about, the likeliest first, each with its reasons; and those of the same number.
         *
         *     It changes nothing; the number stands in the body because addresses are written to logs on the way.
         */
        post: operations["find_similar_intake_similar_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Drafts
         * @description What is being typed at the seats of this node.
         */
        get: operations["list_drafts_intake_drafts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/drafts/{draft_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Draft
         * @description One draft, to go on with at this seat.
         */
        get: operations["show_draft_intake_drafts__draft_id__get"];
        /**
         * Keep Draft
         * @description Keep what is typed; 409 when another seat has typed in it meanwhile.
         */
        put: operations["keep_draft_intake_drafts__draft_id__put"];
        post?: never;
        /**
         * Drop Draft
         * @description The draft is a report now, or not needed.
         */
        delete: operations["drop_draft_intake_drafts__draft_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Reports
         * @description Reports, the newest first; a machine's token reads what it reported itself.
         */
        get: operations["list_reports_reports_get"];
        put?: never;
        /**
         * Take Report
         * @description 201 with a new incident; 200 when the source's record is known; 202 when a person has to decide first.
         *
         *     A source's record is (channel, source_system, external_reference).
         */
        post: operations["take_report_reports_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/{report_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Report
         * @description One report and what became of it; without its caller.
         */
        get: operations["show_report_reports__report_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/{report_id}/caller": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Caller
         * @description Who reported, and texts with the numbers that are masked elsewhere; that it was read goes into the audit.
         */
        get: operations["show_caller_reports__report_id__caller_get"];
        put?: never;
        /**
         * Tell Caller
         * @description Who reported, told or understood later than the report; it replaces what was known.
         */
        post: operations["tell_caller_reports__report_id__caller_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/{report_id}/disposition": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide On Report
         * @description A person's decision on a parked report: open its incident again, open a new one, add it, false, or abuse.
         */
        post: operations["decide_on_report_reports__report_id__disposition_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Incidents
         * @description The board: short rows, the newest first; departments and machines see those that are their job.
         */
        get: operations["list_incidents_incidents_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Incident
         * @description One incident with responses, consultations and, for the watch, its reporting duties.
         */
        get: operations["show_incident_incidents__incident_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Timeline
         * @description The timeline in the order of entry, from behind the entry named.
         */
        get: operations["show_timeline_incidents__incident_id__timeline_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/updates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Update
         * @description 续报: new facts; graded again, and handed upward if it comes to that.
         */
        post: operations["update_incidents__incident_id__updates_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/particulars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Amend
         * @description 更正接报要素, at the node that took the report: kind, title or place; graded again by the new kind.
         */
        post: operations["amend_incidents__incident_id__particulars_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add Note
         * @description 记事: a line of the timeline by hand, or one that sets another right, which stays as it is.
         */
        post: operations["add_note_incidents__incident_id__notes_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/grade": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Grade
         * @description 人工定级, with reason: what no table grades, or by a commander another grade beside the table's.
         */
        post: operations["grade_incidents__incident_id__grade_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/alarm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Raise Alarm
         * @description 提高火警等级 by one: the commander finds the force insufficient. Facts do not take it back.
         */
        post: operations["raise_alarm_incidents__incident_id__alarm_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/command": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assume Command
         * @description The level above takes command.
         */
        post: operations["assume_command_incidents__incident_id__command_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/controlled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Control Incident
         * @description 现场得到控制, says the node in command.
         */
        post: operations["control_incident_incidents__incident_id__controlled_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close
         * @description This node's part is over; refused while its response runs, and while teams are out unless that is known.
         */
        post: operations["close_incidents__incident_id__close_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge
         * @description 合并 into an incident that was reported before: its reports and what was said of it count there.
         */
        post: operations["merge_incidents__incident_id__merge_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/unmerge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unmerge
         * @description 撤销合并: it goes on by itself, with its reports and all that was said of it since.
         */
        post: operations["unmerge_incidents__incident_id__unmerge_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Split
         * @description 拆分: the new incident that the reports named tell of; the one that opened this incident stays with it.
         */
        post: operations["split_incidents__incident_id__split_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Link
         * @description 关联: it was caused by another incident, or is part of it; each keeps its own life.
         */
        post: operations["link_incidents__incident_id__link_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/unlink": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unlink
         * @description The link does not hold.
         */
        post: operations["unlink_incidents__incident_id__unlink_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/due-reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Due Reports
         * @description Reporting duties, the most urgent first: of one incident, or of all, from behind a ``duty_id``.
         */
        get: operations["list_due_reports_due_reports_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/submissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit
         * @description A statutory report went out; with a receipt, its duty is discharged, else who got it has to confirm it.
         */
        post: operations["submit_incidents__incident_id__submissions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm Own
         * @description Who got a report of this node confirmed it by other means than their own node: the duty is discharged.
         */
        post: operations["confirm_own_incidents__incident_id__receipts_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/submissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Submissions
         * @description Reports from the level below, the oldest first; ``waiting``: those that nobody here has confirmed.
         */
        get: operations["list_submissions_submissions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/submissions/{duty_id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm
         * @description A report from the level below arrived here; the node that owed it is told, and its duty is discharged.
         */
        post: operations["confirm_submissions__duty_id__receipt_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Proposals
         * @description The response and the consultation that the plan proposes for the incident's sector and grade.
         */
        get: operations["show_proposals_incidents__incident_id__proposals_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/response": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Activate
         * @description 启动应急响应; who may start which level is the plan's.
         */
        post: operations["activate_incidents__incident_id__response_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/response/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End
         * @description 终止应急响应.
         */
        post: operations["end_incidents__incident_id__response_end_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{incident_id}/consultations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Convene
         * @description 召集会商: the departments named, else those of the plan's matrix.
         */
        post: operations["convene_incidents__incident_id__consultations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Consultations
         * @description 会商 of this node, the newest first; a department's are those it is asked in or has a task of.
         */
        get: operations["list_consultations_consultations_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{consultation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description One consultation with opinions and tasks.
         */
        get: operations["show_consultations__consultation_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{consultation_id}/opinions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give Opinion
         * @description 部门意见, of the department the token names; a later one replaces it, the earlier one stays on record.
         */
        post: operations["give_opinion_consultations__consultation_id__opinions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{consultation_id}/conclusion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Conclude
         * @description 会商结论, by the chair or the deputy: its tasks, response, warning and support take effect, or nothing does.
         */
        post: operations["conclude_consultations__consultation_id__conclusion_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drill-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Runs
         * @description The runs at this node, the newest first; none at a live one.
         */
        get: operations["list_runs_drill_runs_get"];
        put?: never;
        /**
         * Begin
         * @description The player begins; raises NotADrill.
         */
        post: operations["begin_drill_runs_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drill-runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Run
         * @description One run, step by step.
         */
        get: operations["show_run_drill_runs__run_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drill-runs/{run_id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell Steps
         * @description Steps begin, or are judged.
         */
        post: operations["tell_steps_drill_runs__run_id__steps_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drill-runs/{run_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End
         * @description The verdict.
         */
        post: operations["end_drill_runs__run_id__end_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drill-runs/{run_id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add Note
         * @description An observer notes something; it stays with the run, also when that is over.
         */
        post: operations["add_note_drill_runs__run_id__notes_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Session
         * @description Who is logged in here; 401 when nobody is. By token there is no session: no CSRF token, no end of one.
         */
        get: operations["show_session_session_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Logout
         * @description The session is over, here and on the server.
         */
        post: operations["logout_logout_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Board
         * @description The open incidents, and the revision of the stream from which on to listen.
         */
        get: operations["show_board_board_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/boundaries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Boundaries
         * @description The shapes of this node and of the places below it, as GeoJSON in WGS-84: the map without any other map.
         */
        get: operations["show_boundaries_boundaries_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listen
         * @description Changes from behind a revision on (``Last-Event-ID``, else ``since``), and a beat every 3 s.
         *
         *     It ends when the session or the token does.
         */
        get: operations["listen_stream_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live
         * @description The process answers; says nothing about progress.
         */
        get: operations["live_health_live_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ready
         * @description 200 when what comes in goes through, else 503 with the reasons.
         */
        get: operations["ready_health_ready_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/accepting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Accepting
         * @description 200 while commands may be led here, else 503 with the reasons; Kafka may be away, what is accepted waits for it.
         */
        get: operations["accepting_health_accepting_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics
         * @description Prometheus text; health is judged anew for it.
         */
        get: operations["metrics_metrics_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Dead Letters
         * @description Parked records, newest first.
         */
        get: operations["list_dead_letters_dead_letters_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Dead Letter
         * @description One parked record with headers and body.
         */
        get: operations["show_dead_letter_dead_letters__id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry Dead Letters
         * @description Try the open ones of a kind again, each aggregate's in the order of its events, a hundred at a time.
         */
        post: operations["retry_dead_letters_dead_letters_retry_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry Dead Letter
         * @description Try a parked record again, and with it what waited for it.
         */
        post: operations["retry_dead_letter_dead_letters__id__retry_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{id}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Skip Dead Letter
         * @description Go on past the missing events that a parked one waits for; close any other without effect.
         */
        post: operations["skip_dead_letter_dead_letters__id__skip_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismiss Dead Letter
         * @description Close a parked record without effect, with the reason in the audit; a second time changes nothing.
         */
        post: operations["dismiss_dead_letter_dead_letters__id__dismiss_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consumer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Consumer
         * @description What is read, how far, and what rests.
         */
        get: operations["show_consumer_consumer_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consumer/topics/{topic}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume Topic
         * @description Read a paused topic again.
         */
        post: operations["resume_topic_consumer_topics__topic__resume_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/outbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Outbox
         * @description What waits for Kafka.
         */
        get: operations["show_outbox_outbox_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/outbox/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resend Events
         * @description Send what Kafka had already: same ids, same sequence, so receivers that know it let it pass.
         */
        post: operations["resend_events_outbox_resend_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/outbox/refused/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry Refused Rows
         * @description Offer the rows that Kafka refused once more, after the cause is mended.
         */
        post: operations["retry_refused_rows_outbox_refused_retry_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/due-work": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Parked Work
         * @description Due work that was put aside, the longest first.
         */
        get: operations["show_parked_work_due_work_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/due-work/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry Parked Work
         * @description Try everything that was put aside again.
         */
        post: operations["retry_parked_work_due_work_retry_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AlarmBody
         * @description 力量不足: one alarm level more; the reason goes on record.
         */
        AlarmBody: {
            /** Version */
            version?: number | null;
            /** Reason */
            reason: string;
        };
        /**
         * AnswerView
         * @description What was answered to a question of the plan that is no fact; the newest.
         */
        AnswerView: {
            /** Question */
            question: string;
            /** Answer */
            answer: boolean | number | string;
            /** Words */
            words: string;
            /** Words En */
            words_en: string;
        };
        /**
         * AskedWhen
         * @description A question is asked once an earlier one is answered: with one of ``answers``, or with at least so much.
         */
        AskedWhen: {
            /**
             * Question
             * @example hazardous_chemicals
             */
            question: string;
            /**
             * Answers
             * @default []
             */
            answers: (boolean | string)[];
            /** At Least */
            at_least?: number | null;
        };
        /**
         * BecameBody
         * @description The report that somebody found to be of the same caller, taken before it was known.
         */
        BecameBody: {
            /** Report Id */
            report_id: string;
        };
        /**
         * BoardRow
         * @description One incident as a line of the board, without long texts.
         */
        BoardRow: {
            /** Incident Id */
            incident_id: string;
            /**
             * Number
             * @description 1 to 9999, this node's own and not for ever: to be spoken and typed
             */
            number: number;
            /** Version */
            version: number;
            status: components["schemas"]["IncidentStatus"];
            /**
             * Jurisdiction
             * @description where it was reported
             */
            jurisdiction: string;
            /** Sector */
            sector: string;
            /** Event Type */
            event_type: string;
            /** Title */
            title: string;
            location: components["schemas"]["Location"];
            /** Place */
            place: string | null;
            /** Place Name */
            place_name: string;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
            /**
             * Reported At
             * Format: date-time
             */
            reported_at: string;
            facts: components["schemas"]["Facts"];
            grade: components["schemas"]["Grade"];
            /** Grade Zh */
            grade_zh: string;
            /**
             * Grade Basis
             * @enum {string}
             */
            grade_basis: "table" | "person" | "assumed";
            computed_grade: components["schemas"]["Grade"] | null;
            /** Alarm Level */
            alarm_level: number | null;
            command: components["schemas"]["CommandView"];
            /** Escalated To */
            escalated_to: string | null;
            /**
             * Next Due At
             * @description of the reports still to be sent; for the watch only
             */
            next_due_at: string | null;
            /**
             * Reports
             * @description how many reports count here, those of merged incidents among them
             */
            reports: number;
            /**
             * Reports Late
             * @description overdue, or sent and not confirmed; for the watch only
             */
            reports_late: number | null;
        };
        /**
         * BoardView
         * @description The board as it stood at ``revision`` of the stream; what comes after it is told by ``/stream``.
         */
        BoardView: {
            /** Revision */
            revision: string;
            /** Live */
            live: boolean;
            /** Rows */
            rows: components["schemas"]["BoardRow"][];
        };
        /**
         * BorderView
         * @description A jurisdiction that a place may lie in.
         */
        BorderView: {
            /** Jurisdiction */
            jurisdiction: string;
            /** Name */
            name: string;
            /**
             * Within
             * @description of this node
             */
            within: boolean;
        };
        /**
         * CallCallerView
         * @description From where a call came; reading it is on record.
         */
        CallCallerView: {
            /** Call Id */
            call_id: string;
            /** Phone */
            phone: string | null;
            /** Place */
            place: {
                [key: string]: unknown;
            } | null;
            /** Personal Removed At */
            personal_removed_at: string | null;
        };
        /**
         * CallNoteBody
         * @description What was found or done: called back, nobody answered.
         */
        CallNoteBody: {
            /** Note */
            note: string;
        };
        /**
         * CallStatus
         * @description What became of a call that was no report.
         * @enum {string}
         */
        CallStatus: "parked" | "settled" | "reported";
        /**
         * CallStepView
         * @description One step of a call.
         */
        CallStepView: {
            status: components["schemas"]["CallStatus"];
            /** Note */
            note: string;
            /** By */
            by: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
        };
        /**
         * CallTimeView
         * @description Seconds after which the timer of a call turns; None: it does not.
         */
        CallTimeView: {
            /** Amber Seconds */
            amber_seconds: number | null;
            /** Red Seconds */
            red_seconds: number | null;
        };
        /**
         * CallView
         * @description A call that was no report.
         */
        CallView: {
            /** Call Id */
            call_id: string;
            /**
             * Channel
             * @enum {string}
             */
            channel: "119" | "110" | "120" | "12350" | "walk_in" | "enterprise" | "partner" | "sensor";
            /**
             * Reason
             * @enum {string}
             */
            reason: "silent" | "wrong_number" | "abuse" | "no_event";
            status: components["schemas"]["CallStatus"];
            /**
             * Phone
             * @description masked; the whole number is asked for by itself, which is on record
             */
            phone: string;
            /**
             * Same Number
             * @description how many such calls came from this number, this one among them
             */
            same_number: number;
            /** Taken By */
            taken_by: string;
            /**
             * Called At
             * Format: date-time
             */
            called_at: string;
            /**
             * Report Id
             * @description the report that it became
             */
            report_id: string | null;
            /** Lineage */
            lineage: components["schemas"]["CallStepView"][];
        };
        /**
         * CallerBody
         * @description Who reports, how to call back, and where they are; kept apart, masked in the audit log, never in an event.
         */
        CallerBody: {
            /** Name */
            name?: string | null;
            /** Phone */
            phone?: string | null;
            place?: components["schemas"]["CallerPlaceBody"] | null;
        };
        /**
         * CallerPlaceBody
         * @description Where whoever reports is, which may be somewhere else than what they report: as they say it, or on the map.
         */
        CallerPlaceBody: {
            /**
             * Words
             * @default
             */
            words: string;
            /** Lon */
            lon?: number | null;
            /** Lat */
            lat?: number | null;
        };
        /**
         * CallerView
         * @description Personal data of who reported, and the texts with the numbers in them; reading it is on record.
         */
        CallerView: {
            /** Report Id */
            report_id: string;
            /** Name */
            name: string | null;
            /** Phone */
            phone: string | null;
            /**
             * Place
             * @description where they are: words, lon, lat, as far as known
             */
            place: {
                [key: string]: unknown;
            } | null;
            /**
             * Original
             * @description texts as they were typed, where a number is masked elsewhere
             */
            original: {
                [key: string]: string;
            };
            /**
             * Personal Removed At
             * @description nothing is left: it was removed by the plan's time
             */
            personal_removed_at: string | null;
        };
        /**
         * Check
         * @description One condition, in Chinese and English; one that is not ``required`` leaves the service ready.
         */
        Check: {
            /** Name */
            name: string;
            /** Ok */
            ok: boolean;
            /**
             * Required
             * @default true
             */
            required: boolean;
            /**
             * Detail
             * @default
             */
            detail: string;
            /**
             * Text
             * @default
             */
            text: string;
            /**
             * Text En
             * @default
             */
            text_en: string;
        };
        /**
         * CloseBody
         * @description How it ended. ``teams_stay_out``: whoever closes knows that teams are out; they stay so until released.
         */
        CloseBody: {
            /** Version */
            version?: number | null;
            /**
             * Statement
             * @default
             */
            statement: string;
            /**
             * Outcome
             * @default ended
             * @enum {string}
             */
            outcome: "ended" | "false_report";
            /**
             * Teams Stay Out
             * @default false
             */
            teams_stay_out: boolean;
        };
        /**
         * CommandBody
         * @description Taking command.
         */
        CommandBody: {
            /** Version */
            version?: number | null;
            /** Commander */
            commander: string;
        };
        /**
         * CommandView
         * @description Which node commands, and who there.
         */
        CommandView: {
            /** Jurisdiction */
            jurisdiction: string;
            /**
             * Name
             * @description of the place
             */
            name: string;
            /** Commander */
            commander: string | null;
            /** Since */
            since: string | null;
        };
        /**
         * ConclusionBody
         * @description 会商结论 and what it sets in motion.
         */
        ConclusionBody: {
            /** Conclusion */
            conclusion: string;
            /**
             * Tasks
             * @default []
             */
            tasks: components["schemas"]["TaskBody"][];
            response_level?: components["schemas"]["ResponseLevel"] | null;
            /**
             * Expected Duration Hours
             * @description the plan's, if not stated
             */
            expected_duration_hours?: number | null;
            warning?: components["schemas"]["ProposedWarning"] | null;
            /**
             * Support
             * @default []
             */
            support: components["schemas"]["SupportRequest"][];
        };
        /**
         * ConsultationProposal
         * @description 会商: the chair of the grade, and the departments of the matrix of sector and grade.
         */
        ConsultationProposal: {
            /** Chair */
            chair: string;
            /** Role */
            role: string;
            /** Departments */
            departments: components["schemas"]["DepartmentView"][];
            /**
             * To Confirm
             * @description the city has still to confirm what stands here
             */
            to_confirm: boolean;
        };
        /**
         * ConsultationStatus
         * @description Whether opinions are still taken.
         * @enum {string}
         */
        ConsultationStatus: "convened" | "concluded";
        /**
         * ConsultationSummary
         * @description A consultation in a list.
         */
        ConsultationSummary: {
            /** Consultation Id */
            consultation_id: string;
            /** Matter */
            matter: string;
            status: components["schemas"]["ConsultationStatus"];
            /**
             * Convened At
             * Format: date-time
             */
            convened_at: string;
        };
        /**
         * ConsultationView
         * @description One consultation, with dissent and silence as they stand.
         */
        ConsultationView: {
            /** Consultation Id */
            consultation_id: string;
            /** Incident Id */
            incident_id: string;
            /** Jurisdiction */
            jurisdiction: string;
            /** Matter */
            matter: string;
            /** Brief */
            brief: string;
            /** Chair */
            chair: string;
            /**
             * Chair Account
             * @description who concludes, where an account was named
             */
            chair_account: string | null;
            /** Deputy Account */
            deputy_account: string | null;
            /**
             * Chair Role
             * @description the role that concludes, where no account was named
             */
            chair_role: string | null;
            /** Departments */
            departments: string[];
            /**
             * Convened At
             * Format: date-time
             */
            convened_at: string;
            /**
             * Opinions Due At
             * Format: date-time
             */
            opinions_due_at: string;
            status: components["schemas"]["ConsultationStatus"];
            /** Opinions */
            opinions: components["schemas"]["OpinionView"][];
            /** Dissenting */
            dissenting: string[];
            /** Unanswered */
            unanswered: string[];
            /** Conclusion */
            conclusion: string;
            /** Concluded At */
            concluded_at: string | null;
            response_level: components["schemas"]["ResponseLevel"] | null;
            /** Tasks */
            tasks: components["schemas"]["Task"][];
        };
        /**
         * ConsumerStatus
         * @description What this process reads, and what rests because its fuse is blown.
         */
        ConsumerStatus: {
            /** Group */
            group: string;
            /** Assigned */
            assigned: number;
            /** Topics */
            topics: components["schemas"]["TopicStatus"][];
        };
        /**
         * ConveneBody
         * @description 召集会商; without ``departments`` the plan's matrix of sector × grade invites.
         */
        ConveneBody: {
            /** Matter */
            matter: string;
            /**
             * Brief
             * @default
             */
            brief: string;
            /**
             * Chair
             * @description the plan's chair of the grade, if not named
             */
            chair?: string | null;
            /**
             * Chair Account
             * @description who concludes; else the role the plan gives the chair
             */
            chair_account?: string | null;
            /**
             * Deputy Account
             * @description who concludes in place of the chair
             */
            deputy_account?: string | null;
            /** Departments */
            departments?: string[] | null;
            /** Opinion Minutes */
            opinion_minutes?: number | null;
        };
        /**
         * DeadLetter
         * @description A parked record as operators see it.
         */
        DeadLetter: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Consumer */
            consumer: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "invalid" | "unknown" | "refused" | "gap" | "trimmed" | "failed";
            /** Reason */
            reason: string;
            /** Topic */
            topic: string;
            /** Partition */
            partition: number;
            /** Record Offset */
            record_offset: number;
            /** Source */
            source: string | null;
            /** Subject */
            subject: string | null;
            /** Sequence */
            sequence: number | null;
            /**
             * Parked At
             * Format: date-time
             */
            parked_at: string;
            /** Retries */
            retries: number;
            /** Resolved At */
            resolved_at: string | null;
            /** Resolution */
            resolution: ("handled" | "skipped" | "dismissed") | null;
            /**
             * Headers
             * @default {}
             */
            headers: {
                [key: string]: string;
            };
            /**
             * Body
             * @default
             */
            body: string;
        };
        /**
         * DecidingFact
         * @description A fact that decided a grade: its value reached the threshold (included, "以上").
         */
        DecidingFact: {
            /**
             * Fact
             * @example hazardous_chemicals
             */
            fact: string;
            /** Value */
            value: number | boolean;
            /** At Least */
            at_least: number;
            /**
             * Unit
             * @description of value and threshold, as the plan says it; of a yes-or-no fact what holds
             */
            unit: string;
        };
        /**
         * DecisionBody
         * @description A person's decision on an incident as it stood at ``version``; the reason goes on record.
         */
        DecisionBody: {
            /** Version */
            version: number;
            /** Reason */
            reason: string;
        };
        /**
         * DepartmentView
         * @description A department to consult.
         */
        DepartmentView: {
            /**
             * Department
             * @example hazardous_chemicals
             */
            department: string;
            /** Name */
            name: string;
            /** Name En */
            name_en: string;
        };
        /**
         * Dismissal
         * @description Why a parked record shall have no effect.
         */
        Dismissal: {
            /** Reason */
            reason: string;
        };
        /**
         * DispositionBody
         * @description A person's decision on a parked report; the reason goes on record.
         */
        DispositionBody: {
            /**
             * Decision
             * @enum {string}
             */
            decision: "reopen_incident" | "open_incident" | "attach" | "false" | "abuse";
            /** Reason */
            reason: string;
        };
        /**
         * Done
         * @description It is written down.
         */
        Done: {
            /** Run Id */
            run_id: string;
        };
        /**
         * DraftBody
         * @description What is typed, by the name of the field; which fields there are is the console's own business.
         */
        DraftBody: {
            /**
             * Version
             * @description what this was typed on; 0: a new draft
             */
            version: number;
            /** Body */
            body: {
                [key: string]: boolean | number | string | null;
            };
        };
        /**
         * DraftLine
         * @description A draft in a list, without who called.
         */
        DraftLine: {
            /** Draft Id */
            draft_id: string;
            /** Version */
            version: number;
            /**
             * Taken By
             * @description the name of who typed in it last
             */
            taken_by: string;
            /**
             * Begun At
             * Format: date-time
             */
            begun_at: string;
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
            /** Address */
            address: string;
            /**
             * Incident Id
             * @description the report it has become, while more is typed
             */
            incident_id: string | null;
        };
        /**
         * DraftView
         * @description A draft as it was typed.
         */
        DraftView: {
            /** Draft Id */
            draft_id: string;
            /** Version */
            version: number;
            /**
             * Taken By
             * @description the name of who typed in it last
             */
            taken_by: string;
            /**
             * Begun At
             * Format: date-time
             */
            begun_at: string;
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
            /** Address */
            address: string;
            /**
             * Incident Id
             * @description the report it has become, while more is typed
             */
            incident_id: string | null;
            /** Body */
            body: {
                [key: string]: unknown;
            };
        };
        /**
         * DueReportStatus
         * @description How far a duty is. Sent: in time, its receipt awaited; unconfirmed: the time is up and it still is.
         * @enum {string}
         */
        DueReportStatus: "running" | "overdue" | "sent" | "unconfirmed" | "discharged" | "cancelled";
        /**
         * DueReportView
         * @description One reporting duty of this node; ``late_seconds`` when the report went too late.
         */
        DueReportView: {
            /** Duty Id */
            duty_id: string;
            /** Incident Id */
            incident_id: string;
            /** Duty */
            duty: string;
            /**
             * Occurrence
             * @description the how many-th time it is owed; a rise of the grade brings another
             */
            occurrence: number;
            /** Name */
            name: string;
            /** Article */
            article: string;
            /**
             * Owner
             * @description who owes the report
             */
            owner: string;
            /**
             * Owed By
             * @description unit: the duty of where it happened, only watched here
             * @enum {string}
             */
            owed_by: "unit" | "government";
            /**
             * Trigger
             * @description what set the term going
             * @enum {string}
             */
            trigger: "occurred" | "received" | "risen";
            /** @description the grade it is owed at; once sent, the one it was sent at */
            grade: components["schemas"]["Grade"];
            /** Recipient */
            recipient: string;
            /** Recipients */
            recipients: components["schemas"]["RecipientView"][];
            /**
             * At Once
             * @description the law says 立即 or 同时; due_at is the city's own figure
             */
            at_once: boolean;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            status: components["schemas"]["DueReportStatus"];
            /** Noticed At */
            noticed_at: string | null;
            /** Submitted At */
            submitted_at: string | null;
            /** Proof */
            proof: string | null;
            /** Received At */
            received_at: string | null;
            /** Received By */
            received_by: string | null;
            /** Receipt */
            receipt: string | null;
            /** Late Seconds */
            late_seconds: number | null;
        };
        /**
         * DutyReceiptBody
         * @description 回执 for a report of this node, as who got it told the watch.
         */
        DutyReceiptBody: {
            /**
             * Received By
             * @description who confirms it, and of which office
             */
            received_by: string;
            /**
             * Receipt
             * @description its number, or name and time of a call
             */
            receipt: string;
            /**
             * Duty
             * @description the duty's id, or its name: the last one of that name
             */
            duty: string;
        };
        /**
         * EntryView
         * @description One line of the timeline: when it was, and when it was entered here.
         */
        EntryView: {
            /** Entry Id */
            entry_id: number;
            /** Kind */
            kind: string;
            /** Jurisdiction */
            jurisdiction: string;
            /** Actor */
            actor: string;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
            /**
             * Entered At
             * Format: date-time
             */
            entered_at: string;
            /** Summary */
            summary: string;
            /** Summary En */
            summary_en: string;
            /**
             * Corrects
             * @description the line that this one sets right
             */
            corrects: number | null;
        };
        /**
         * EvidenceView
         * @description What one aspect says for, or against, both being about one event.
         */
        EvidenceView: {
            /**
             * Aspect
             * @enum {string}
             */
            aspect: "place" | "time" | "kind" | "words" | "address" | "house" | "phone" | "hazard_source";
            /**
             * Bits
             * @description a bit doubles the odds, a negative one halves them
             */
            bits: number;
            /** Reason Zh */
            reason_zh: string;
            /** Reason En */
            reason_en: string;
        };
        /**
         * Facts
         * @description What grading looks at; ``None`` means unknown, which never counts as zero or as no.
         *
         *     Units: people, yuan (元), hectares (公顷), hours, per cent, megawatts.
         */
        Facts: {
            /** Deaths */
            deaths?: number | null;
            /** Missing */
            missing?: number | null;
            /**
             * Serious Injuries
             * @description 重伤, acute poisoning (急性工业中毒) included
             */
            serious_injuries?: number | null;
            /** Trapped */
            trapped?: number | null;
            /** Direct Loss Yuan */
            direct_loss_yuan?: number | null;
            /** Burnt Area Ha */
            burnt_area_ha?: number | null;
            /**
             * In Production
             * @description 生产经营活动中发生; 生产安全事故报告和调查处理条例 art. 2
             */
            in_production?: boolean | null;
            /**
             * People Moved
             * @description 紧急转移、疏散, people
             */
            people_moved?: number | null;
            /**
             * Passenger Cars Derailed
             * @description 客运列车脱轨, cars
             */
            passenger_cars_derailed?: number | null;
            /**
             * Freight Cars Derailed
             * @description 货运列车脱轨, cars
             */
            freight_cars_derailed?: number | null;
            /**
             * Main Line Blocked Hours
             * @description 繁忙干线中断行车
             */
            main_line_blocked_hours?: number | null;
            /**
             * Other Line Blocked Hours
             * @description 其他线路中断行车
             */
            other_line_blocked_hours?: number | null;
            /**
             * People Held
             * @description 滞留 (aloft or in a lift), people
             */
            people_held?: number | null;
            /**
             * Held Hours
             * @description 滞留时间
             */
            held_hours?: number | null;
            /**
             * Exploded
             * @description 锅炉、压力容器、压力管道爆炸
             */
            exploded?: boolean | null;
            /**
             * Boiler Mw
             * @description power of the boiler's unit, 锅炉机组容量
             */
            boiler_mw?: number | null;
            /**
             * Boiler Out Hours
             * @description 锅炉因故障中断运行
             */
            boiler_out_hours?: number | null;
            /**
             * Crane Overturned
             * @description 起重机械整体倾覆
             */
            crane_overturned?: boolean | null;
            /**
             * Crane Member Broken
             * @description 起重机械主要受力结构件折断或者起升机构坠落
             */
            crane_member_broken?: boolean | null;
            /**
             * City Intake Stopped
             * @description 设区的市级饮用水水源地取水中断
             */
            city_intake_stopped?: boolean | null;
            /**
             * County Intake Stopped
             * @description 县级饮用水水源地取水中断
             */
            county_intake_stopped?: boolean | null;
            /**
             * Grid Load Mw
             * @description 电网负荷 at the start of the accident
             */
            grid_load_mw?: number | null;
            /**
             * Load Lost Percent
             * @description 减供负荷, share of the grid's load
             */
            load_lost_percent?: number | null;
            /**
             * Users Out Percent
             * @description 停电用户, share of all users
             */
            users_out_percent?: number | null;
        };
        /**
         * FormView
         * @description What the form of a node is made of.
         */
        FormView: {
            /** Channels */
            channels: string[];
            /** Sectors */
            sectors: components["schemas"]["SectorView"][];
            /** @description a call is reported as this until its kind is known */
            undetermined: components["schemas"]["KindView"] | null;
            call_time: components["schemas"]["CallTimeView"];
        };
        /**
         * Grade
         * @description 事件等级, ascending; 生产安全事故报告和调查处理条例 art. 3 and 突发事件应对法 art. 3.
         * @enum {string}
         */
        Grade: "general" | "significant" | "major" | "catastrophic";
        /**
         * GradeBody
         * @description 人工定级, where the plan has no table or beside its grade; the reason goes on record.
         */
        GradeBody: {
            /** Version */
            version?: number | null;
            grade: components["schemas"]["Grade"];
            /** Reason */
            reason: string;
        };
        /**
         * HazardSourceView
         * @description What the plan knows of a hazard source; what is empty the city has not filled.
         */
        HazardSourceView: {
            /** Hazard Source Id */
            hazard_source_id: string;
            /** Name */
            name: string;
            /** Sector */
            sector: string | null;
            /** Address */
            address: string;
            /** Detail */
            detail: string;
            /** Substance */
            substance: string;
            /** Contact */
            contact: string;
            /** Plan File */
            plan_file: string;
        };
        /**
         * IncidentDetails
         * @description One incident with all that hangs on it.
         */
        IncidentDetails: {
            /** Incident Id */
            incident_id: string;
            /** Version */
            version: number;
            status: components["schemas"]["IncidentStatus"];
            /**
             * Jurisdiction
             * @description where it was reported
             */
            jurisdiction: string;
            /** Sector */
            sector: string;
            /** Event Type */
            event_type: string;
            /** Title */
            title: string;
            /** Description */
            description: string;
            location: components["schemas"]["Location"];
            /**
             * Place
             * @description township, subdistrict, zone or grid of the plan
             */
            place: string | null;
            /** Place Name */
            place_name: string;
            /**
             * Jurisdiction Unsure
             * @description near a border, and nobody has found that it lies here
             */
            jurisdiction_unsure: boolean;
            /**
             * Lies In
             * @description the jurisdiction it lies in, as somebody found near a border
             */
            lies_in: string | null;
            /** Lies In Name */
            lies_in_name: string;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
            /**
             * Reported At
             * Format: date-time
             */
            reported_at: string;
            facts: components["schemas"]["Facts"];
            grade: components["schemas"]["Grade"];
            /** Grade Zh */
            grade_zh: string;
            /**
             * Criterion
             * @description what decided, in Chinese
             */
            criterion: string;
            /** Criterion En */
            criterion_en: string;
            /**
             * Decided By
             * @description the same as fact, value and threshold
             */
            decided_by: components["schemas"]["DecidingFact"][];
            /** Article */
            article: string;
            /**
             * Grade Basis
             * @description by table, by a person, or assumed until a person grades
             * @enum {string}
             */
            grade_basis: "table" | "person" | "assumed";
            /** Graded By */
            graded_by: string;
            /** Grade Reason */
            grade_reason: string;
            /** @description what the table says beside a person's grade */
            computed_grade: components["schemas"]["Grade"] | null;
            /**
             * Alarm Level
             * @description 火警等级, where the plan has levels for the sector
             */
            alarm_level: number | null;
            command: components["schemas"]["CommandView"];
            /** Escalated To */
            escalated_to: string | null;
            /** Hazard Source Id */
            hazard_source_id: string | null;
            /** @description what the plan knows of it */
            hazard_source: components["schemas"]["HazardSourceView"] | null;
            /**
             * Answers
             * @description to the plan's questions that are no facts
             */
            answers: components["schemas"]["AnswerView"][];
            /**
             * Unanswered
             * @description required questions that nobody has answered yet
             */
            unanswered: string[];
            /**
             * Merged Into
             * @description the incident where it goes on, being the same event
             */
            merged_into: string | null;
            /** Responses */
            responses: components["schemas"]["ResponseView"][];
            /** Consultations */
            consultations: components["schemas"]["ConsultationSummary"][];
            /** Due Reports */
            due_reports: components["schemas"]["DueReportView"][];
            /** Teams Out */
            teams_out: components["schemas"]["TeamOutView"][];
            /**
             * Related
             * @description incidents merged into it, split off, or linked
             */
            related: components["schemas"]["RelationView"][];
            /**
             * Reports
             * @description how many reports count here, those of merged incidents among them
             */
            reports: number;
        };
        /**
         * IncidentStatus
         * @description How far a node is with its part of an incident.
         * @enum {string}
         */
        IncidentStatus: "reported" | "responding" | "controlled" | "closed" | "false_report" | "merged";
        /**
         * IncidentView
         * @description One incident as this node knows it.
         */
        IncidentView: {
            /** Incident Id */
            incident_id: string;
            /** Version */
            version: number;
            status: components["schemas"]["IncidentStatus"];
            /**
             * Jurisdiction
             * @description where it was reported
             */
            jurisdiction: string;
            /** Sector */
            sector: string;
            /** Event Type */
            event_type: string;
            /** Title */
            title: string;
            /** Description */
            description: string;
            location: components["schemas"]["Location"];
            /**
             * Place
             * @description township, subdistrict, zone or grid of the plan
             */
            place: string | null;
            /** Place Name */
            place_name: string;
            /**
             * Jurisdiction Unsure
             * @description near a border, and nobody has found that it lies here
             */
            jurisdiction_unsure: boolean;
            /**
             * Lies In
             * @description the jurisdiction it lies in, as somebody found near a border
             */
            lies_in: string | null;
            /** Lies In Name */
            lies_in_name: string;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
            /**
             * Reported At
             * Format: date-time
             */
            reported_at: string;
            facts: components["schemas"]["Facts"];
            grade: components["schemas"]["Grade"];
            /** Grade Zh */
            grade_zh: string;
            /**
             * Criterion
             * @description what decided, in Chinese
             */
            criterion: string;
            /** Criterion En */
            criterion_en: string;
            /**
             * Decided By
             * @description the same as fact, value and threshold
             */
            decided_by: components["schemas"]["DecidingFact"][];
            /** Article */
            article: string;
            /**
             * Grade Basis
             * @description by table, by a person, or assumed until a person grades
             * @enum {string}
             */
            grade_basis: "table" | "person" | "assumed";
            /** Graded By */
            graded_by: string;
            /** Grade Reason */
            grade_reason: string;
            /** @description what the table says beside a person's grade */
            computed_grade: components["schemas"]["Grade"] | null;
            /**
             * Alarm Level
             * @description 火警等级, where the plan has levels for the sector
             */
            alarm_level: number | null;
            command: components["schemas"]["CommandView"];
            /** Escalated To */
            escalated_to: string | null;
            /** Hazard Source Id */
            hazard_source_id: string | null;
            /** @description what the plan knows of it */
            hazard_source: components["schemas"]["HazardSourceView"] | null;
            /**
             * Answers
             * @description to the plan's questions that are no facts
             */
            answers: components["schemas"]["AnswerView"][];
            /**
             * Unanswered
             * @description required questions that nobody has answered yet
             */
            unanswered: string[];
            /**
             * Merged Into
             * @description the incident where it goes on, being the same event
             */
            merged_into: string | null;
        };
        /**
         * KindView
         * @description A kind of event.
         */
        KindView: {
            /** Sector */
            sector: string;
            /** Sector Name */
            sector_name: string;
            /** Event Type */
            event_type: string;
            /** Name */
            name: string;
        };
        /**
         * LinkBody
         * @description 关联: the incident was caused by the other, or is part of it.
         */
        LinkBody: {
            /** Version */
            version: number;
            /** Reason */
            reason: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "caused_by" | "part_of";
            /** Other */
            other: string;
        };
        /**
         * Location
         * @description A place in WGS-84 degrees, with the address as told.
         */
        Location: {
            /**
             * Lon
             * @example 123.8
             */
            lon: number;
            /**
             * Lat
             * @example 41.86
             */
            lat: number;
            /**
             * Address
             * @default
             */
            address: string;
        };
        /**
         * MeasureView
         * @description A measure that may be taken, with its article.
         */
        MeasureView: {
            /** Text */
            text: string;
            /** Source */
            source: string;
        };
        /**
         * MergeBody
         * @description 合并: the incident is the same event as ``into``, which was reported before it.
         */
        MergeBody: {
            /** Version */
            version: number;
            /** Reason */
            reason: string;
            /** Into */
            into: string;
            /**
             * Teams Stay Out
             * @description whoever merges knows that teams are out for it; they stay so until released
             * @default false
             */
            teams_stay_out: boolean;
        };
        /**
         * MilestoneBody
         * @description One expectation and what came of it.
         */
        MilestoneBody: {
            /**
             * Where
             * @default
             */
            where: string;
            /** Expected */
            expected: string;
            /** Actual */
            actual: string;
            /** Held */
            held: boolean;
            /** Milliseconds */
            milliseconds?: number | null;
        };
        /**
         * NamesView
         * @description Names by code or slug; ``linked``: the nodes that read this node's streams, which support can be asked of.
         */
        NamesView: {
            /** Places */
            places: {
                [key: string]: string;
            };
            /** Capabilities */
            capabilities: {
                [key: string]: string;
            };
            /** Items */
            items: {
                [key: string]: string;
            };
            /** Departments */
            departments: {
                [key: string]: string;
            };
            /**
             * Kinds
             * @description every kind of event, by sector
             */
            kinds: components["schemas"]["KindView"][];
            /**
             * Linked
             * @description the level above, and those directly below
             */
            linked: string[];
        };
        /**
         * NoteView
         * @description An observer's note, by the drill's clock and by the wall's.
         */
        NoteView: {
            /** Note Id */
            note_id: string;
            /** By */
            by: string;
            /** Note */
            note: string;
            /**
             * Noted At
             * Format: date-time
             */
            noted_at: string;
            /**
             * Wall At
             * Format: date-time
             */
            wall_at: string;
        };
        /**
         * NumberBody
         * @description Whose calls are asked for; the number stands in the body because addresses are written to logs on the way.
         */
        NumberBody: {
            /** Phone */
            phone: string;
        };
        /**
         * OneStep
         * @description A step that begins; with ``judged`` what came of it. A step that is repeated comes under a new number.
         */
        OneStep: {
            /** Number */
            number: number;
            /** Name */
            name: string;
            /** Name En */
            name_en: string;
            /**
             * What
             * @default
             */
            what: string;
            /**
             * Judged
             * @default false
             */
            judged: boolean;
            /**
             * Milestones
             * @default []
             */
            milestones: components["schemas"]["MilestoneBody"][];
        };
        /**
         * OpinionBody
         * @description 部门意见.
         */
        OpinionBody: {
            /**
             * Position
             * @enum {string}
             */
            position: "agree" | "agree_with_conditions" | "dissent";
            /** Opinion */
            opinion: string;
        };
        /**
         * OpinionView
         * @description An opinion; the highest number of a department is the one it holds.
         */
        OpinionView: {
            /** Department */
            department: string;
            /** Number */
            number: number;
            /**
             * Position
             * @enum {string}
             */
            position: "agree" | "agree_with_conditions" | "dissent";
            /** Opinion */
            opinion: string;
            /** Given By */
            given_by: string;
            /**
             * Given At
             * Format: date-time
             */
            given_at: string;
        };
        /**
         * OptionView
         * @description One answer of a question with options.
         */
        OptionView: {
            /** Value */
            value: string;
            /** Name */
            name: string;
            /** Name En */
            name_en: string;
        };
        /**
         * OutboxStatus
         * @description What has not reached Kafka, and which rows Kafka refuses.
         */
        OutboxStatus: {
            /** Unsent */
            unsent: number;
            /** Refused */
            refused: components["schemas"]["RefusedRow"][];
        };
        /**
         * ParkBody
         * @description A call that is no report; who called is masked in the audit.
         */
        ParkBody: {
            /**
             * Channel
             * @enum {string}
             */
            channel: "119" | "110" | "120" | "12350" | "walk_in" | "enterprise" | "partner" | "sensor";
            /**
             * Reason
             * @enum {string}
             */
            reason: "silent" | "wrong_number" | "abuse" | "no_event";
            /**
             * Note
             * @default
             */
            note: string;
            /** Phone */
            phone?: string | null;
            place?: components["schemas"]["CallerPlaceBody"] | null;
        };
        /**
         * ParkedWork
         * @description Due work that could not be done, and why.
         */
        ParkedWork: {
            /** Tick */
            tick: string;
            /** Key */
            key: string;
            /** Reason */
            reason: string;
            /**
             * Parked At
             * Format: date-time
             */
            parked_at: string;
        };
        /**
         * ParticularsBody
         * @description 更正接报要素: what is not given stays; ``version`` is the one that the person looked at.
         */
        ParticularsBody: {
            /** Version */
            version: number;
            /** Sector */
            sector?: string | null;
            /** Event Type */
            event_type?: string | null;
            /** Title */
            title?: string | null;
            location?: components["schemas"]["Location"] | null;
            /**
             * Place
             * @description with a location: none, if not given
             */
            place?: string | null;
            /**
             * Hazard Source Id
             * @description with a location: none, if not given
             */
            hazard_source_id?: string | null;
            /**
             * Lies In
             * @description with a location: none, if not given
             */
            lies_in?: string | null;
        };
        /**
         * PausedTopic
         * @description A topic whose fuse is blown, or whose flood is being parked at a person's word.
         *
         *     ``offsets``: where reading stopped, by partition. ``parking_until``: up to which offsets what fails is
         *     parked without counting; None while the topic rests.
         */
        PausedTopic: {
            /** Topic */
            topic: string;
            /** Reason */
            reason: string;
            /**
             * Paused At
             * Format: date-time
             */
            paused_at: string;
            /** Offsets */
            offsets: {
                [key: string]: number;
            };
            /** Parking Until */
            parking_until?: {
                [key: string]: number;
            } | null;
        };
        /**
         * ProposalsView
         * @description What the plan proposes; a person decides.
         */
        ProposalsView: {
            response: components["schemas"]["ResponseProposal"];
            consultation: components["schemas"]["ConsultationProposal"];
        };
        /**
         * ProposedWarning
         * @description A warning the conclusion asks the notify service to draft.
         */
        ProposedWarning: {
            level: components["schemas"]["WarningLevel"];
            /** Area */
            area: string;
            /** Reason */
            reason: string;
        };
        /**
         * QuestionView
         * @description What a call is asked; ``fact``: the answer is this fact, else it stands among the answers by ``question``.
         */
        QuestionView: {
            /** Question */
            question: string;
            /** Fact */
            fact: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "count" | "number" | "flag" | "choice" | "text";
            /** Name */
            name: string;
            /** Name En */
            name_en: string;
            /** Why */
            why: string;
            /** Why En */
            why_en: string;
            /** Options */
            options: components["schemas"]["OptionView"][];
            /**
             * Event Types
             * @description for these kinds of event only; empty: for all of the sector
             */
            event_types: string[];
            /** @description asked once an earlier question has such an answer */
            when: components["schemas"]["AskedWhen"] | null;
            /** Required */
            required: boolean;
        };
        /**
         * Readiness
         * @description Ready, and why not; ``degraded`` when it is ready and a person has something to look at.
         */
        Readiness: {
            /** Ready */
            ready: boolean;
            /** Degraded */
            degraded: boolean;
            /** Checks */
            checks: components["schemas"]["Check"][];
            /**
             * Now
             * Format: date-time
             * @description what time it is here, in a drill by the drill's clock
             */
            now: string;
        };
        /**
         * ReceiptBody
         * @description 回执: proof that a statutory report arrived.
         */
        ReceiptBody: {
            /**
             * Received By
             * @description who confirms it, and of which office
             */
            received_by: string;
            /**
             * Receipt
             * @description its number, or name and time of a call
             */
            receipt: string;
        };
        /**
         * ReceiptView
         * @description What whoever reported gets back; ``merged``: the source's record was known already.
         */
        ReceiptView: {
            /** Report Id */
            report_id: string;
            /** @description parked: its incident is over, a person decides */
            report_status: components["schemas"]["ReportStatus"];
            /** Incident Id */
            incident_id: string;
            /** Version */
            version: number;
            /** @description of the incident */
            status: components["schemas"]["IncidentStatus"];
            grade: components["schemas"]["Grade"];
            /** Grade Zh */
            grade_zh: string;
            /** Criterion */
            criterion: string;
            /** Decided By */
            decided_by: components["schemas"]["DecidingFact"][];
            /** Article */
            article: string;
            /**
             * Grade Basis
             * @enum {string}
             */
            grade_basis: "table" | "person" | "assumed";
            /** Jurisdiction Unsure */
            jurisdiction_unsure: boolean;
            /** Merged */
            merged: boolean;
            /**
             * Masked
             * @description texts in which a phone or identity number was typed and is masked; callers have a field
             */
            masked: string[];
            /** @description of the report, as the plan knows it; else of the incident */
            hazard_source: components["schemas"]["HazardSourceView"] | null;
        };
        /**
         * RecipientView
         * @description One of those who get a report.
         */
        RecipientView: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "next_level" | "own_government" | "emergency_department" | "competent_department" | "regulator" | "state_council" | "notified";
            /** Name */
            name: string;
        };
        /**
         * RefusedRow
         * @description An event that Kafka does not take, and why; those of its aggregate behind it wait.
         */
        RefusedRow: {
            /** Id */
            id: number;
            /**
             * Event Id
             * Format: uuid
             */
            event_id: string;
            /** Topic */
            topic: string;
            /** Stream */
            stream: string;
            /** Subject */
            subject: string;
            /** Reason */
            reason: string;
            /**
             * Refused At
             * Format: date-time
             */
            refused_at: string;
        };
        /**
         * RelationView
         * @description How another incident stands to this one.
         */
        RelationView: {
            /** Incident Id */
            incident_id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "merged_into" | "split_from" | "caused_by" | "part_of";
            /**
             * Reverse
             * @description it is the other that is merged into, split from, caused by or part of this
             */
            reverse: boolean;
            /**
             * Title
             * @description of the other; empty where this node does not know it
             */
            title: string;
            /** Status */
            status: components["schemas"]["IncidentStatus"] | "";
            /** Reason */
            reason: string;
            /** By */
            by: string;
            /** At */
            at: string | null;
        };
        /**
         * ReportBody
         * @description 接报: one report of one caller or system.
         */
        ReportBody: {
            /**
             * Channel
             * @enum {string}
             */
            channel: "119" | "110" | "120" | "12350" | "walk_in" | "enterprise" | "partner" | "sensor";
            /**
             * Sector
             * @description with the event type; left out: what the plan takes such a call for
             */
            sector?: string | null;
            /** Event Type */
            event_type?: string | null;
            /**
             * Title
             * @description left out: made of place and kind
             */
            title?: string | null;
            /**
             * Description
             * @default
             */
            description: string;
            location: components["schemas"]["Location"];
            /**
             * Occurred At
             * @description now, if nobody can say
             */
            occurred_at?: string | null;
            /** @default {} */
            facts: components["schemas"]["Facts"];
            caller?: components["schemas"]["CallerBody"] | null;
            /** External Reference */
            external_reference?: string | null;
            /** Source System */
            source_system?: string | null;
            /** Hazard Source Id */
            hazard_source_id?: string | null;
            /**
             * Place
             * @description township, subdistrict, zone or grid of the plan
             */
            place?: string | null;
            /**
             * Incident Id
             * @description the incident that it is about, where whoever takes it knows; else a new one
             */
            incident_id?: string | null;
            /**
             * Approximate
             * @description the place is only about there
             * @default false
             */
            approximate: boolean;
            /**
             * Lies In
             * @description which one it lies in, where it is near a border and somebody knows
             */
            lies_in?: string | null;
            /**
             * Answers
             * @description to the plan's questions that are no facts, by their names
             */
            answers?: {
                [key: string]: boolean | number | string;
            };
            /**
             * Call Id
             * @description the call that was parked and is real after all; its number is this report's
             */
            call_id?: string | null;
            /**
             * If Similar
             * @description join: without incident_id, join the open incident that it is about as likely as the plan asks for
             * @default open
             * @enum {string}
             */
            if_similar: "open" | "join";
        };
        /**
         * ReportDetails
         * @description One report as it came, numbers in its texts masked, and what became of it.
         */
        ReportDetails: {
            /** Report Id */
            report_id: string;
            status: components["schemas"]["ReportStatus"];
            /**
             * Incident Id
             * @description of a parked report: the ended incident of its source record
             */
            incident_id: string;
            /**
             * Channel
             * @enum {string}
             */
            channel: "119" | "110" | "120" | "12350" | "walk_in" | "enterprise" | "partner" | "sensor";
            /** Source System */
            source_system: string;
            /** External Reference */
            external_reference: string | null;
            /** Sector */
            sector: string;
            /** Event Type */
            event_type: string;
            /** Title */
            title: string;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
            /**
             * Reported At
             * Format: date-time
             */
            reported_at: string;
            /** Taken By */
            taken_by: string;
            last_step: components["schemas"]["services__incident__api__report_views__StepView"] | null;
            /** Description */
            description: string;
            location: components["schemas"]["Location"];
            /** Place */
            place: string | null;
            facts: components["schemas"]["Facts"];
            /** Hazard Source Id */
            hazard_source_id: string | null;
            /**
             * Answers
             * @description to the plan's questions that are no facts
             */
            answers: {
                [key: string]: boolean | number | string;
            };
            /**
             * Call Id
             * @description the parked call that turned out to be real
             */
            call_id: string | null;
            /** Masked */
            masked: string[];
            /** Lineage */
            lineage: components["schemas"]["services__incident__api__report_views__StepView"][];
            /**
             * Personal Removed At
             * @description caller and original texts were removed then
             */
            personal_removed_at: string | null;
        };
        /**
         * ReportStatus
         * @description What became of a report.
         * @enum {string}
         */
        ReportStatus: "new" | "attached" | "parked" | "abuse" | "false";
        /**
         * ReportSummary
         * @description A report in a list.
         */
        ReportSummary: {
            /** Report Id */
            report_id: string;
            status: components["schemas"]["ReportStatus"];
            /**
             * Incident Id
             * @description of a parked report: the ended incident of its source record
             */
            incident_id: string;
            /**
             * Channel
             * @enum {string}
             */
            channel: "119" | "110" | "120" | "12350" | "walk_in" | "enterprise" | "partner" | "sensor";
            /** Source System */
            source_system: string;
            /** External Reference */
            external_reference: string | null;
            /** Sector */
            sector: string;
            /** Event Type */
            event_type: string;
            /** Title */
            title: string;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
            /**
             * Reported At
             * Format: date-time
             */
            reported_at: string;
            /** Taken By */
            taken_by: string;
            last_step: components["schemas"]["services__incident__api__report_views__StepView"] | null;
        };
        /**
         * Resend
         * @description Which sent events go to Kafka again: at least a time or a subject; ``after`` is the id to go on behind.
         */
        Resend: {
            /** Since */
            since?: string | null;
            /** Until */
            until?: string | null;
            stream?: components["schemas"]["Stream"] | null;
            /** Subject */
            subject?: string | null;
            /**
             * After
             * @default 0
             */
            after: number;
        };
        /**
         * ResponseBody
         * @description What 突发事件应对法 art. 72 asks a response to state; what is missing is refused by that article.
         */
        ResponseBody: {
            level: components["schemas"]["ResponseLevel"];
            /** Matter */
            matter?: string | null;
            /** Expected Duration Hours */
            expected_duration_hours?: number | null;
            /**
             * Measures
             * @default []
             */
            measures: string[];
        };
        /**
         * ResponseLevel
         * @description 应急响应级别, IV the lowest; 突发事件应对法 art. 71.
         * @enum {string}
         */
        ResponseLevel: "IV" | "III" | "II" | "I";
        /**
         * ResponseProposal
         * @description 应急响应 that the grade calls for (突发事件应对法 arts 71-74); the measures are offered, not taken.
         */
        ResponseProposal: {
            level: components["schemas"]["ResponseLevel"];
            /** Name */
            name: string;
            /** Measures */
            measures: components["schemas"]["MeasureView"][];
            /** Expected Duration Hours */
            expected_duration_hours: number;
            /**
             * Starter
             * @description the office that usually decides; empty: another level of government
             */
            starter: string;
            /**
             * Approvers
             * @description roles that may start it at this node
             */
            approvers: string[];
            /**
             * To Confirm
             * @description the city has still to confirm what stands here
             */
            to_confirm: boolean;
        };
        /**
         * ResponseStatus
         * @description Whether a response runs.
         * @enum {string}
         */
        ResponseStatus: "active" | "ended";
        /**
         * ResponseView
         * @description One response, of this node or as another published it.
         */
        ResponseView: {
            /** Response Id */
            response_id: string;
            /** Jurisdiction */
            jurisdiction: string;
            level: components["schemas"]["ResponseLevel"];
            /** Matter */
            matter: string;
            /** Expected Duration Hours */
            expected_duration_hours: number;
            /** Measures */
            measures: string[];
            /** Approved By */
            approved_by: string;
            /**
             * Activated At
             * Format: date-time
             */
            activated_at: string;
            status: components["schemas"]["ResponseStatus"];
            /** Ended At */
            ended_at: string | null;
            /** End Reason */
            end_reason: string;
        };
        /**
         * Resumption
         * @description How to go on with a paused topic: try again, or park what fails up to where the topic ends now.
         */
        Resumption: {
            /**
             * Park
             * @default false
             */
            park: boolean;
        };
        /**
         * RetryMany
         * @description Which parked records to try again; ``after`` passes over as many that were tried already.
         */
        RetryMany: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "invalid" | "unknown" | "refused" | "gap" | "trimmed" | "failed";
            /**
             * After
             * @default 0
             */
            after: number;
        };
        /**
         * RetryManyOutcome
         * @description How many took effect, why others did not (by id), and the next call's ``after``; None when all were tried.
         */
        RetryManyOutcome: {
            /** Resolved */
            resolved: number;
            /** Failures */
            failures: {
                [key: string]: string;
            };
            /** Next */
            next: number | null;
        };
        /**
         * RetryOutcome
         * @description What came of trying a parked record again; ``reason`` is empty when it took effect.
         */
        RetryOutcome: {
            /** Resolved */
            resolved: boolean;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /**
         * Role
         * @description What a person or system may be.
         * @enum {string}
         */
        Role: "call_taker" | "dispatcher" | "duty_officer" | "commander" | "department" | "logistics" | "warning_author" | "warning_reviewer" | "warning_signer" | "auditor" | "team" | "system";
        /**
         * RunBody
         * @description What is about to be played; ``planned``: how many steps the scenario has.
         */
        RunBody: {
            /** Run Id */
            run_id: string;
            /** Scenario */
            scenario: string;
            /** Title */
            title: string;
            /** Title En */
            title_en: string;
            /** Planned */
            planned: number;
        };
        /**
         * RunLine
         * @description A run in a list.
         */
        RunLine: {
            /** Run Id */
            run_id: string;
            /** Scenario */
            scenario: string;
            /** Title */
            title: string;
            /** Title En */
            title_en: string;
            /** Planned */
            planned: number;
            /**
             * Begun At
             * Format: date-time
             */
            begun_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Expectations */
            expectations: number | null;
            /** Broken */
            broken: number | null;
        };
        /**
         * RunView
         * @description A run with its steps so far and what was noted.
         */
        RunView: {
            /** Run Id */
            run_id: string;
            /** Scenario */
            scenario: string;
            /** Title */
            title: string;
            /** Title En */
            title_en: string;
            /** Planned */
            planned: number;
            /**
             * Begun At
             * Format: date-time
             */
            begun_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Expectations */
            expectations: number | null;
            /** Broken */
            broken: number | null;
            /** Steps */
            steps: components["schemas"]["services__incident__api__drills__StepView"][];
            /** Notes */
            notes: components["schemas"]["NoteView"][];
        };
        /**
         * SectorView
         * @description A sector with what to ask in it.
         */
        SectorView: {
            /** Slug */
            slug: string;
            /** Name */
            name: string;
            /** Name En */
            name_en: string;
            /** Questions */
            questions: components["schemas"]["QuestionView"][];
        };
        /**
         * SessionView
         * @description Who is logged in, and what a page needs to know of them and of the node.
         */
        SessionView: {
            /** Subject */
            subject: string;
            /** Name */
            name: string;
            /** Roles */
            roles: components["schemas"]["Role"][];
            /** Jurisdiction */
            jurisdiction: string;
            /** Department */
            department: string | null;
            /** Team */
            team: string | null;
            /** Node */
            node: string;
            /** Node Name */
            node_name: string;
            /**
             * Mode
             * @enum {string}
             */
            mode: "live" | "exercise";
            /** Drill Id */
            drill_id: string;
            /** Csrf */
            csrf: string;
            /** Expires At */
            expires_at: string | null;
            /**
             * Base Map
             * @description path of the city's own map (PMTiles); empty: there is none
             */
            base_map: string;
        };
        /**
         * SimilarBody
         * @description What is known of a call so far: at least where it happened.
         */
        SimilarBody: {
            location: components["schemas"]["Location"];
            /**
             * Approximate
             * @description only about there
             * @default false
             */
            approximate: boolean;
            /**
             * Phone
             * @default
             */
            phone: string;
            /**
             * Event Type
             * @description empty while nobody knows
             * @default
             */
            event_type: string;
            /**
             * Words
             * @description what the caller says
             * @default
             */
            words: string;
            /** Hazard Source Id */
            hazard_source_id?: string | null;
        };
        /**
         * SimilarView
         * @description An open incident that a call may be about.
         */
        SimilarView: {
            incident: components["schemas"]["BoardRow"];
            /**
             * Score
             * @description how likely both are about one event, by what is known so far
             */
            score: number;
            /** Metres */
            metres: number;
            /**
             * Minutes
             * @description since it was reported
             */
            minutes: number;
            /**
             * Why
             * @description what weighs most comes first
             */
            why: components["schemas"]["EvidenceView"][];
        };
        /**
         * SplitBody
         * @description 拆分: these reports tell of another event.
         */
        SplitBody: {
            /** Version */
            version: number;
            /** Reason */
            reason: string;
            /** Reports */
            reports: string[];
        };
        /**
         * SpotView
         * @description A place that may be meant.
         */
        SpotView: {
            /** Name */
            name: string;
            /** Kind */
            kind: string;
            location: components["schemas"]["Location"];
            /**
             * Approximate
             * @description only about there: the middle of something large
             */
            approximate: boolean;
            /** Place */
            place: string | null;
            /** Place Name */
            place_name: string;
            /** Hazard Source Id */
            hazard_source_id: string | null;
        };
        /**
         * StatementBody
         * @description A command with a statement of how things stand.
         */
        StatementBody: {
            /** Version */
            version?: number | null;
            /**
             * Statement
             * @default
             */
            statement: string;
        };
        /**
         * StepsBody
         * @description Steps that began or were judged since the last time.
         */
        StepsBody: {
            /** Steps */
            steps: components["schemas"]["OneStep"][];
        };
        /**
         * Stream
         * @description A stream belongs to one service; its topic is ``<jurisdiction>.<stream>``.
         * @enum {string}
         */
        Stream: "incident" | "consultation" | "dispatch" | "position" | "resource" | "warning" | "warning-draft" | "delivery" | "monitoring" | "clock" | "dead-letter";
        /**
         * SubmissionBody
         * @description Proof that a statutory report was sent, and that it arrived, if that is known already.
         */
        SubmissionBody: {
            /**
             * Duty
             * @description the duty's id, or its name: the last one of that name
             */
            duty: string;
            /**
             * Recipient
             * @description the plan's recipient, if not another one
             */
            recipient?: string | null;
            /**
             * Proof
             * @description reference of the sending, e.g. a document or fax number
             */
            proof: string;
            receipt?: components["schemas"]["ReceiptBody"] | null;
        };
        /**
         * SubmissionView
         * @description A report from the level below that reached this node, and who confirmed it.
         */
        SubmissionView: {
            /** Duty Id */
            duty_id: string;
            /** Incident Id */
            incident_id: string;
            /** Jurisdiction */
            jurisdiction: string;
            /** Duty */
            duty: string;
            /** Recipient */
            recipient: string;
            /** Proof */
            proof: string;
            /**
             * Submitted At
             * Format: date-time
             */
            submitted_at: string;
            /** Received At */
            received_at: string | null;
            /** Received By */
            received_by: string | null;
            /** Receipt */
            receipt: string | null;
        };
        /**
         * SupportRequest
         * @description Teams a conclusion asks for from another county, by capability.
         */
        SupportRequest: {
            /**
             * Target
             * @example 210404
             */
            target: string;
            /**
             * Capability
             * @example hazardous_chemicals
             */
            capability: string;
            /** Count */
            count: number;
        };
        /**
         * Task
         * @description What a conclusion obliges a department to do, by when.
         */
        Task: {
            /** Task Id */
            task_id: string;
            /**
             * Department
             * @example hazardous_chemicals
             */
            department: string;
            /** Action */
            action: string;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
        };
        /**
         * TaskBody
         * @description A task with its owner, due in so many minutes from now.
         */
        TaskBody: {
            /**
             * Department
             * @example hazardous_chemicals
             */
            department: string;
            /** Action */
            action: string;
            /** Due Minutes */
            due_minutes: number;
        };
        /**
         * TeamOutView
         * @description A team that is not released yet: this node's own, or one that it commands.
         */
        TeamOutView: {
            /** Order Id */
            order_id: string;
            /** Team Id */
            team_id: string;
            /** Team Name */
            team_name: string;
            /** Jurisdiction */
            jurisdiction: string;
            /** Commanded By */
            commanded_by: string;
        };
        /**
         * TopicStatus
         * @description How far reading of one topic is; ``unread`` counts records, None while Kafka is away.
         */
        TopicStatus: {
            /** Topic */
            topic: string;
            /** Unread */
            unread: number | null;
            paused: components["schemas"]["PausedTopic"] | null;
        };
        /**
         * UpdateBody
         * @description 续报: new facts, as they were stated; ``version`` is the one that the person looked at.
         */
        UpdateBody: {
            /** Version */
            version: number;
            /** @default {} */
            facts: components["schemas"]["Facts"];
            /**
             * Answers
             * @description to the plan's questions that are no facts, by their names
             */
            answers?: {
                [key: string]: boolean | number | string;
            };
            /**
             * Statement
             * @default
             */
            statement: string;
            /** Source */
            source: string;
            /**
             * Stated At
             * @description when it was stated or seen; now, if not given
             */
            stated_at?: string | null;
        };
        /**
         * WarningLevel
         * @description 预警级别 by colour, Ⅰ red the gravest; 突发事件应对法 art. 63.
         * @enum {string}
         */
        WarningLevel: "red" | "orange" | "yellow" | "blue";
        /**
         * EndBody
         * @description Ending a response is an act with a reason (art. 86).
         */
        services__incident__api__bodies__EndBody: {
            /** Reason */
            reason: string;
        };
        /**
         * NoteBody
         * @description 记事; to set a line of the timeline right, its number.
         */
        services__incident__api__bodies__NoteBody: {
            /** Note */
            note: string;
            /**
             * Noted At
             * @description when it was seen or said; now, if not given
             */
            noted_at?: string | null;
            /**
             * Corrects
             * @description entry_id
             */
            corrects?: number | null;
        };
        /**
         * EndBody
         * @description The verdict: how many expectations there were, and how many did not hold.
         */
        services__incident__api__drills__EndBody: {
            /** Expectations */
            expectations: number;
            /** Broken */
            broken: number;
        };
        /**
         * NoteBody
         * @description What an observer saw.
         */
        services__incident__api__drills__NoteBody: {
            /** Note */
            note: string;
        };
        /**
         * StepView
         * @description A step of a run; ``judged_at`` is empty while it goes on.
         */
        services__incident__api__drills__StepView: {
            /** Number */
            number: number;
            /** Name */
            name: string;
            /** Name En */
            name_en: string;
            /** What */
            what: string;
            /**
             * Begun At
             * Format: date-time
             */
            begun_at: string;
            /** Judged At */
            judged_at: string | null;
            /** Milestones */
            milestones: components["schemas"]["MilestoneBody"][];
        };
        /**
         * StepView
         * @description One step of a report's lineage.
         */
        services__incident__api__report_views__StepView: {
            status: components["schemas"]["ReportStatus"];
            /** Incident Id */
            incident_id: string;
            /**
             * Reason
             * @description a code of the program, or a person's words
             */
            reason: string;
            /** Reason Zh */
            reason_zh: string;
            /** Reason En */
            reason_en: string;
            /** By */
            by: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
        };
        /**
         * Nothing
         * @description A command without inputs.
         */
        services__incident__web__login__Nothing: Record<string, never>;
        /**
         * Nothing
         * @description A command without inputs; its body is an empty object.
         */
        shared__repair__Nothing: Record<string, never>;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    show_names_names_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamesView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    list_calls_intake_calls_get: {
        parameters: {
            query?: {
                status?: components["schemas"]["CallStatus"] | null;
                limit?: number;
                /** @description only what stands behind this id */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    park_call_intake_calls_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ParkBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    find_calls_intake_calls_search_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_call_caller_intake_calls__call_id__caller_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                call_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallCallerView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    note_down_intake_calls__call_id__notes_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                call_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallNoteBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    settle_call_intake_calls__call_id__settle_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                call_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallNoteBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    call_became_report_intake_calls__call_id__became_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                call_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BecameBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_form_intake_form_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    find_places_intake_places_get: {
        parameters: {
            query: {
                /** @description characters, pinyin initials, a pair of degrees */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpotView"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    find_borders_intake_borders_get: {
        parameters: {
            query: {
                lon: number;
                lat: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BorderView"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    find_kinds_intake_kinds_get: {
        parameters: {
            query: {
                /** @description characters, pinyin initials, a pair of degrees */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KindView"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    find_similar_intake_similar_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimilarBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimilarView"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    list_drafts_intake_drafts_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftLine"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_draft_intake_drafts__draft_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    keep_draft_intake_drafts__draft_id__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftLine"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    drop_draft_intake_drafts__draft_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    list_reports_reports_get: {
        parameters: {
            query?: {
                status?: components["schemas"]["ReportStatus"] | null;
                incident_id?: string | null;
                channel?: ("119" | "110" | "120" | "12350" | "walk_in" | "enterprise" | "partner" | "sensor") | null;
                limit?: number;
                /** @description only what stands behind this id */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportSummary"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    take_report_reports_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_report_reports__report_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportDetails"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_caller_reports__report_id__caller_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallerView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    tell_caller_reports__report_id__caller_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallerBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportDetails"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    decide_on_report_reports__report_id__disposition_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DispositionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportDetails"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    list_incidents_incidents_get: {
        parameters: {
            query?: {
                /** @description not yet over at this node */
                open?: boolean | null;
                status?: components["schemas"]["IncidentStatus"] | null;
                sector?: string | null;
                grade?: components["schemas"]["Grade"] | null;
                /** @description where it was reported */
                origin?: string | null;
                commanded_by?: string | null;
                limit?: number;
                /** @description only what stands behind this id */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoardRow"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_incident_incidents__incident_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetails"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_timeline_incidents__incident_id__timeline_get: {
        parameters: {
            query?: {
                limit?: number;
                after?: number;
            };
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryView"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    update_incidents__incident_id__updates_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    amend_incidents__incident_id__particulars_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ParticularsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    add_note_incidents__incident_id__notes_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["services__incident__api__bodies__NoteBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    grade_incidents__incident_id__grade_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GradeBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    raise_alarm_incidents__incident_id__alarm_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlarmBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    assume_command_incidents__incident_id__command_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommandBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    control_incident_incidents__incident_id__controlled_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatementBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    close_incidents__incident_id__close_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    merge_incidents__incident_id__merge_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    unmerge_incidents__incident_id__unmerge_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecisionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    split_incidents__incident_id__split_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SplitBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    link_incidents__incident_id__link_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    unlink_incidents__incident_id__unlink_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    list_due_reports_due_reports_get: {
        parameters: {
            query?: {
                incident_id?: string | null;
                status?: components["schemas"]["DueReportStatus"] | null;
                limit?: number;
                /** @description only what stands behind this id */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DueReportView"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    submit_incidents__incident_id__submissions_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmissionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DueReportView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    confirm_own_incidents__incident_id__receipts_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DutyReceiptBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DueReportView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    list_submissions_submissions_get: {
        parameters: {
            query?: {
                waiting?: boolean;
                incident_id?: string | null;
                limit?: number;
                /** @description only what stands behind this id */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmissionView"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    confirm_submissions__duty_id__receipt_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                duty_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReceiptBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmissionView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_proposals_incidents__incident_id__proposals_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalsView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    activate_incidents__incident_id__response_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResponseBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResponseView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    end_incidents__incident_id__response_end_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["services__incident__api__bodies__EndBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResponseView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    convene_incidents__incident_id__consultations_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConveneBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    list_consultations_consultations_get: {
        parameters: {
            query?: {
                concluded?: boolean | null;
                limit?: number;
                /** @description only what stands behind this id */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationView"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_consultations__consultation_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                consultation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    give_opinion_consultations__consultation_id__opinions_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                consultation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpinionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    conclude_consultations__consultation_id__conclusion_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                consultation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConclusionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    list_runs_drill_runs_get: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunLine"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    begin_drill_runs_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_run_drill_runs__run_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    tell_steps_drill_runs__run_id__steps_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    end_drill_runs__run_id__end_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["services__incident__api__drills__EndBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    add_note_drill_runs__run_id__notes_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["services__incident__api__drills__NoteBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_session_session_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    logout_logout_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["services__incident__web__login__Nothing"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_board_board_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoardView"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_boundaries_boundaries_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    listen_stream_get: {
        parameters: {
            query?: {
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    live_health_live_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: boolean;
                    };
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    ready_health_ready_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    accepting_health_accepting_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    metrics_metrics_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    list_dead_letters_dead_letters_get: {
        parameters: {
            query?: {
                resolved?: boolean;
                kind?: ("invalid" | "unknown" | "refused" | "gap" | "trimmed" | "failed") | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetter"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_dead_letter_dead_letters__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    retry_dead_letters_dead_letters_retry_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetryMany"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetryManyOutcome"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    retry_dead_letter_dead_letters__id__retry_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetryOutcome"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    skip_dead_letter_dead_letters__id__skip_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    dismiss_dead_letter_dead_letters__id__dismiss_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Dismissal"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_consumer_consumer_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsumerStatus"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    resume_topic_consumer_topics__topic__resume_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                topic: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Resumption"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_outbox_outbox_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutboxStatus"];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    resend_events_outbox_resend_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Resend"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    retry_refused_rows_outbox_refused_retry_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["shared__repair__Nothing"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    show_parked_work_due_work_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedWork"][];
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
    retry_parked_work_due_work_retry_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["shared__repair__Nothing"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description 问题说明 (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Record<string, never>;
                };
            };
        };
    };
}
