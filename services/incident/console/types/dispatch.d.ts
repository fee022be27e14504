// Made by `liandong generate` from the OpenAPI of the dispatch service.

export interface paths {
    "/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Teams
         * @description The teams of this node by id, and what holds them; a department does not learn for which of others' incidents.
         */
        get: operations["list_teams_teams_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Recommendations
         * @description The recommendations for an incident, the newest first.
         */
        get: operations["list_recommendations_recommendations_get"];
        put?: never;
        /**
         * Recommend Anew
         * @description Who should go now, asked by a person; also at a node that does not command.
         */
        post: operations["recommend_anew_recommendations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Orders
         * @description Orders of this node, and those of others on its incidents; a department's are those that concern it, a team's its own.
         */
        get: operations["list_orders_orders_get"];
        put?: never;
        /**
         * Give
         * @description 派警: all teams or none; 409 names the order that holds a team.
         */
        post: operations["give_orders_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Own Orders
         * @description What a team leader needs on the road: the team, its live order, what is known of the incident, who else goes there.
         *
         *     Raises NotYourTeam for a token that names no team of this node.
         */
        get: operations["show_own_orders_orders_mine_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/support-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Support Requests
         * @description What this node asked of others (``role=asker``), and what others ask of it; ``waiting``: may still be answered.
         */
        get: operations["list_support_requests_support_requests_get"];
        put?: never;
        /**
         * Request
         * @description Ask the level above or a place directly below for teams; the answers come as events.
         */
        post: operations["request_support_requests_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acknowledge
         * @description 接令.
         */
        post: operations["acknowledge_orders__order_id__acknowledge_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/depart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Depart
         * @description 出动; a team that had not acknowledged does so by departing.
         */
        post: operations["depart_orders__order_id__depart_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/arrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Arrive
         * @description 到场.
         */
        post: operations["arrive_orders__order_id__arrive_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release
         * @description 归队; a team that has not acknowledged can't let itself go. One that broke down is not sent again until it is mended.
         */
        post: operations["release_orders__order_id__release_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo
         * @description 撤销误报: the last step was entered by mistake, a moment ago.
         */
        post: operations["undo_orders__order_id__undo_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/destination": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redirect
         * @description 改变目的地: the team goes elsewhere for the same incident.
         */
        post: operations["redirect_orders__order_id__destination_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/mended": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mend Team
         * @description 恢复执勤: a team that broke down can be sent again.
         */
        post: operations["mend_team_teams__team_id__mended_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/support-requests/{request_id}/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Offer
         * @description 同意增援: these teams are ordered out under the asker's command; several offers add up.
         */
        post: operations["offer_support_requests__request_id__offer_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/support-requests/{request_id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decline
         * @description 无法增援, or no more than was offered.
         */
        post: operations["decline_support_requests__request_id__decline_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/support-requests/{request_id}/recall": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recall
         * @description 撤回增援: this node needs its teams itself; their orders end.
         */
        post: operations["recall_support_requests__request_id__recall_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/support-requests/{request_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw
         * @description 撤回请求: no more is needed of this lender; teams that were given stay until they are returned.
         */
        post: operations["withdraw_support_requests__request_id__withdraw_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/support-requests/{request_id}/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask Next
         * @description No longer wait for this lender: what is missing is asked of the next one.
         */
        post: operations["ask_next_support_requests__request_id__next_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/support-requests/{request_id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give Back
         * @description 归还增援: these teams are not needed any more; their node releases them.
         */
        post: operations["give_back_support_requests__request_id__return_post"];
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
         * AlongsideView
         * @description Another team on the same incident, and how far it is.
         */
        AlongsideView: {
            /** Team Id */
            team_id: string;
            /** Team Name */
            team_name: string;
            status: components["schemas"]["OrderStatus"];
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
         * DestinationBody
         * @description Where the team goes instead, and why.
         */
        DestinationBody: {
            destination: components["schemas"]["Location"];
            /**
             * Reason
             * @default
             */
            reason: string;
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
         * Grade
         * @description 事件等级, ascending; 生产安全事故报告和调查处理条例 art. 3 and 突发事件应对法 art. 3.
         * @enum {string}
         */
        Grade: "general" | "significant" | "major" | "catastrophic";
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
         * OfferBody
         * @description The teams that are sent.
         */
        OfferBody: {
            /** Team Ids */
            team_ids: string[];
        };
        /**
         * OrderStatus
         * @description How far a team is with an order; every status but the last holds the team.
         * @enum {string}
         */
        OrderStatus: "issued" | "acknowledged" | "departed" | "arrived" | "released";
        /**
         * OrderView
         * @description One order, of this node or as another gave it; what is not heard of that one yet is empty.
         *
         *     ``superseded``: a later order to the same team is known.
         */
        OrderView: {
            /** Order Id */
            order_id: string;
            /** Order No */
            order_no: number;
            /** Team Id */
            team_id: string;
            /** Team Name */
            team_name: string;
            /** Jurisdiction */
            jurisdiction: string;
            /** Incident Id */
            incident_id: string;
            /** Task */
            task: string;
            destination: components["schemas"]["Location"] | null;
            /** Commanded By */
            commanded_by: string;
            /** Issued By */
            issued_by: string;
            /** Issued At */
            issued_at: string | null;
            /** Acknowledge By */
            acknowledge_by: string | null;
            /** Capabilities */
            capabilities: string[];
            /** Request Id */
            request_id: string | null;
            status: components["schemas"]["OrderStatus"];
            /** Overdue Noticed At */
            overdue_noticed_at: string | null;
            /** Acknowledged At */
            acknowledged_at: string | null;
            /** Departed At */
            departed_at: string | null;
            /** Arrived At */
            arrived_at: string | null;
            /** Released At */
            released_at: string | null;
            /** Release Reason */
            release_reason: string;
            release_cause: components["schemas"]["ReleaseCause"] | null;
            /**
             * Superseded
             * @default false
             */
            superseded: boolean;
        };
        /**
         * OrdersBody
         * @description Teams ordered to one incident, all of them or none; ``reason``: why others than were recommended.
         */
        OrdersBody: {
            /** Incident Id */
            incident_id: string;
            /** Team Ids */
            team_ids: string[];
            /** Task */
            task: string;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /**
         * OrdersView
         * @description The orders a command gave.
         */
        OrdersView: {
            /** Orders */
            orders: components["schemas"]["OrderView"][];
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
         * OwnOrdersView
         * @description A team, the live order that holds it, and who else is ordered to the same incident.
         */
        OwnOrdersView: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            team: components["schemas"]["TeamView"];
            order: components["schemas"]["OrderView"] | null;
            /** Incident Title */
            incident_title: string;
            /** Alongside */
            alongside: components["schemas"]["AlongsideView"][];
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
         * Pick
         * @description One team chosen for one slot of the run card, and why.
         */
        Pick: {
            /** Reason */
            reason: string;
            /** @description where the program itself says why; reason has it in Chinese */
            reason_code?: components["schemas"]["ReasonCode"] | null;
            /** Team Id */
            team_id: string;
            /** Team Name */
            team_name: string;
            /**
             * Jurisdiction
             * @example 210404
             */
            jurisdiction: string;
            /**
             * Capability
             * @example hazardous_chemicals
             */
            capability: string;
            /**
             * Distance M
             * @description straight line times the plan's detour factor
             */
            distance_m: number;
            /** Eta Seconds */
            eta_seconds: number;
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
         * ReasonBody
         * @description Why.
         */
        ReasonBody: {
            /** Reason */
            reason: string;
        };
        /**
         * ReasonCode
         * @description A reason that the program gives: a key of the catalogue and its values, read in the reader's language.
         */
        ReasonCode: {
            /** Key */
            key: string;
            /** Values */
            values?: {
                [key: string]: string | number;
            };
        };
        /**
         * RecommendBody
         * @description The incident that needs teams.
         */
        RecommendBody: {
            /** Incident Id */
            incident_id: string;
        };
        /**
         * RecommendationView
         * @description One recommendation with reasons and shortfalls.
         */
        RecommendationView: {
            /** Recommendation Id */
            recommendation_id: string;
            /** Incident Id */
            incident_id: string;
            grade: components["schemas"]["Grade"];
            /** Run Card */
            run_card: string;
            /** Picks */
            picks: components["schemas"]["Pick"][];
            /** Shortfalls */
            shortfalls: components["schemas"]["Shortfall"][];
            /** Counted */
            counted: string[];
            /** Version */
            version: number;
            /**
             * Cause
             * @enum {string}
             */
            cause: "reported" | "amended" | "graded" | "command" | "asked";
            /** Asked By */
            asked_by: string;
            /**
             * Recommended At
             * Format: date-time
             */
            recommended_at: string;
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
         * ReleaseBody
         * @description Why the team goes home; ``reason`` in words where the cause does not say all.
         */
        ReleaseBody: {
            /** At */
            at?: string | null;
            /**
             * Because
             * @default
             */
            because: string;
            cause: components["schemas"]["ReleaseCause"];
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /**
         * ReleaseCause
         * @description Why an order ends.
         *
         *     任务完成; 撤销 (not needed any more); 换防 (another team takes over); 故障减员 (the team can't go on);
         *     出借方撤回 (the node that lent it takes it back); 增援归还 (the node that asked gives it back).
         * @enum {string}
         */
        ReleaseCause: "completed" | "stood_down" | "relieved" | "broken_down" | "recalled" | "returned";
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
         * Shortfall
         * @description What the run card asks for and nobody can give, and why.
         */
        Shortfall: {
            /** Reason */
            reason: string;
            /** @description where the program itself says why; reason has it in Chinese */
            reason_code?: components["schemas"]["ReasonCode"] | null;
            /**
             * Capability
             * @example hazardous_chemicals
             */
            capability: string;
            /** Missing */
            missing: number;
        };
        /**
         * StepBody
         * @description A step, as it happens; or at an earlier time that a dispatcher was told of, with the reason (电台, 无信号).
         *
         *     ``because`` alone: why it comes only now, as a phone says that had no signal.
         */
        StepBody: {
            /** At */
            at?: string | null;
            /**
             * Because
             * @default
             */
            because: string;
        };
        /**
         * Stream
         * @description A stream belongs to one service; its topic is ``<jurisdiction>.<stream>``.
         * @enum {string}
         */
        Stream: "incident" | "consultation" | "dispatch" | "position" | "resource" | "warning" | "warning-draft" | "delivery" | "monitoring" | "clock" | "dead-letter";
        /**
         * SupportBody
         * @description Teams asked of a linked node, by capability; ``then``: whom to ask next, the plan's order if it is not given.
         */
        SupportBody: {
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
            /** Incident Id */
            incident_id: string;
            /** Task */
            task: string;
            /** Then */
            then?: string[] | null;
        };
        /**
         * SupportStatus
         * @description What has come of it; in the first two the lender may still offer.
         * @enum {string}
         */
        SupportStatus: "requested" | "partly" | "offered" | "short" | "declined" | "lapsed" | "withdrawn";
        /**
         * SupportView
         * @description One request for support and what has come of it; ``team_ids`` are those given and not recalled.
         */
        SupportView: {
            /** Request Id */
            request_id: string;
            /** Incident Id */
            incident_id: string;
            /** Jurisdiction */
            jurisdiction: string;
            /** Target */
            target: string;
            /** Capability */
            capability: string;
            /** Count */
            count: number;
            /** Task */
            task: string;
            /** Requested By */
            requested_by: string;
            /**
             * Requested At
             * Format: date-time
             */
            requested_at: string;
            /** Answer By */
            answer_by: string | null;
            /** Then */
            then: string[];
            /** Follows */
            follows: string | null;
            status: components["schemas"]["SupportStatus"];
            /** Team Ids */
            team_ids: string[];
            /** Missing */
            missing: number;
            /** Reason */
            reason: string;
            /** Overdue Noticed At */
            overdue_noticed_at: string | null;
        };
        /**
         * TakeBackBody
         * @description The teams that go home, and why.
         */
        TakeBackBody: {
            /** Team Ids */
            team_ids: string[];
            /** Reason */
            reason: string;
        };
        /**
         * TeamView
         * @description A team; ``status`` is ``idle``, ``out`` (it broke down or is out of service: ``out_because``), or that of the live order which holds it.
         */
        TeamView: {
            /** Team Id */
            team_id: string;
            /** Jurisdiction */
            jurisdiction: string;
            /** Name */
            name: string;
            /** Kind */
            kind: string;
            /** Team Class */
            team_class: string;
            /** Capabilities */
            capabilities: string[];
            /** Crew */
            crew: number;
            home: components["schemas"]["Location"];
            /** Status */
            status: string;
            /** Out Because */
            out_because: string;
            /** Call Sign */
            call_sign: string;
            /** Order Id */
            order_id: string | null;
            /** Incident Id */
            incident_id: string | null;
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
         * Nothing
         * @description A command that needs no words.
         */
        services__dispatch__api__orders__Nothing: Record<string, never>;
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
    list_teams_teams_get: {
        parameters: {
            query?: {
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
                    "application/json": components["schemas"]["TeamView"][];
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
    list_recommendations_recommendations_get: {
        parameters: {
            query: {
                incident_id: string;
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
                    "application/json": components["schemas"]["RecommendationView"][];
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
    recommend_anew_recommendations_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecommendBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecommendationView"];
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
    list_orders_orders_get: {
        parameters: {
            query?: {
                incident_id?: string | null;
                live?: boolean | null;
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
                    "application/json": components["schemas"]["OrderView"][];
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
    give_orders_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrdersBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrdersView"];
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
    show_own_orders_orders_mine_get: {
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
                    "application/json": components["schemas"]["OwnOrdersView"];
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
    list_support_requests_support_requests_get: {
        parameters: {
            query?: {
                incident_id?: string | null;
                role?: ("asker" | "lender") | null;
                waiting?: boolean | null;
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
                    "application/json": components["schemas"]["SupportView"][];
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
    request_support_requests_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SupportBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportView"];
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
    acknowledge_orders__order_id__acknowledge_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
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
    depart_orders__order_id__depart_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
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
    arrive_orders__order_id__arrive_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
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
    release_orders__order_id__release_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
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
    undo_orders__order_id__undo_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["services__dispatch__api__orders__Nothing"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
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
    redirect_orders__order_id__destination_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DestinationBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
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
    mend_team_teams__team_id__mended_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                team_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["services__dispatch__api__orders__Nothing"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamView"];
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
    offer_support_requests__request_id__offer_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                request_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfferBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportView"];
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
    decline_support_requests__request_id__decline_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                request_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportView"];
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
    recall_support_requests__request_id__recall_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                request_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TakeBackBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportView"];
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
    withdraw_support_requests__request_id__withdraw_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                request_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportView"];
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
    ask_next_support_requests__request_id__next_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                request_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportView"];
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
    give_back_support_requests__request_id__return_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                request_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TakeBackBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportView"];
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
