// Made by `liandong generate` from the OpenAPI of the resources service.

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
         * @description The roster; with ``retired`` also who is no team any more.
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
    "/depots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Depots
         * @description The depots.
         */
        get: operations["list_depots_depots_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Stock
         * @description What the depots have, have promised and have left.
         */
        get: operations["list_stock_stock_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock-movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Movements
         * @description Why stock changed, and what it was afterwards, in order.
         */
        get: operations["list_movements_stock_movements_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shelters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Shelters
         * @description 应急避难场所.
         */
        get: operations["list_shelters_shelters_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hazard-sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Hazard Sources
         * @description 危险源.
         */
        get: operations["list_hazard_sources_hazard_sources_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/planned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Planned
         * @description What linked places have by the plan; what they have now is asked of them by a request.
         */
        get: operations["list_planned_planned_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/experts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Experts
         * @description Experts by field.
         */
        get: operations["list_experts_experts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Reservations
         * @description Reservations of this node's stock, and those of others for this node.
         */
        get: operations["list_reservations_reservations_get"];
        put?: never;
        /**
         * Make
         * @description Set stock aside; ``missing`` says how much nobody here can give.
         */
        post: operations["make_reservations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/material-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Material Requests
         * @description What this node asked of others (``role=asker``) or was asked (``role=lender``), and how far it is.
         */
        get: operations["list_material_requests_material_requests_get"];
        put?: never;
        /**
         * Ask
         * @description Ask the level above or a place directly below; its answer comes as events.
         */
        post: operations["ask_material_requests_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put Team
         * @description Enter or change a team; the dispatch service learns of it by an event. 201 for a new one.
         */
        put: operations["put_team_teams__team_id__put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/service": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set Service
         * @description 停用、恢复、撤编: dispatch sends no team that is out of service or retired; an order it has goes on to its end.
         */
        post: operations["set_service_teams__team_id__service_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/depots/{depot_id}/movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move
         * @description 入库、损失、盘点、过期: what is promised to somebody is not taken so.
         */
        post: operations["move_depots__depot_id__movements_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/depots/{depot_id}/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Transfer
         * @description 调拨 between two depots of this node.
         */
        post: operations["transfer_depots__depot_id__transfers_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{reservation_id}/ship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ship
         * @description 出库: the material leaves the depot.
         */
        post: operations["ship_reservations__reservation_id__ship_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{reservation_id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Extend
         * @description 延长: held longer.
         */
        post: operations["extend_reservations__reservation_id__extend_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{reservation_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel
         * @description The stock is free again.
         */
        post: operations["cancel_reservations__reservation_id__cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{reservation_id}/receive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive
         * @description 签收 by the receiver: what arrived, and how much of it is damaged.
         */
        post: operations["receive_reservations__reservation_id__receive_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{reservation_id}/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Use
         * @description 消耗 by the receiver.
         */
        post: operations["use_reservations__reservation_id__use_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{reservation_id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take Back
         * @description 归还入库: the depot counts in what comes back.
         */
        post: operations["take_back_reservations__reservation_id__return_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{reservation_id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Settle
         * @description 差异处理: lost, brought back to the depot, or arrived after all.
         */
        post: operations["settle_reservations__reservation_id__settle_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/material-requests/{request_id}/offer": {
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
         * @description 同意支援: several offers add up; the stock is set aside once the asker accepts.
         */
        post: operations["offer_material_requests__request_id__offer_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/material-requests/{request_id}/decline": {
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
         * @description 无法支援, or no more than was offered.
         */
        post: operations["decline_material_requests__request_id__decline_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/material-requests/{request_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept
         * @description 接受支援: the node asked sets the stock aside now.
         */
        post: operations["accept_material_requests__request_id__accept_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/material-requests/{request_id}/withdraw": {
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
         * @description 撤回请求: what is not shipped is free again there; what is on its way still arrives.
         */
        post: operations["withdraw_material_requests__request_id__withdraw_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/material-requests/{request_id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Extend
         * @description 延长: wait longer for the answer, and have it held longer.
         */
        post: operations["extend_material_requests__request_id__extend_post"];
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
         * AcceptBody
         * @description Which offer is taken.
         */
        AcceptBody: {
            /** Offer Id */
            offer_id: string;
        };
        /**
         * BalanceView
         * @description What a depot has of an item now.
         */
        BalanceView: {
            /** Depot Id */
            depot_id: string;
            /** Item */
            item: string;
            /** Quantity */
            quantity: number;
            /** Reserved */
            reserved: number;
            /** Available */
            available: number;
        };
        /**
         * CancelBody
         * @description Why it is not needed any more.
         */
        CancelBody: {
            /** Reason */
            reason: string;
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
         * DepotView
         * @description A depot.
         */
        DepotView: {
            /** Depot Id */
            depot_id: string;
            /** Name */
            name: string;
            place: components["schemas"]["Location"];
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
         * ExpertView
         * @description An expert.
         */
        ExpertView: {
            /** Expert Id */
            expert_id: string;
            /** Name */
            name: string;
            /** Field */
            field: string;
        };
        /**
         * ExtendBody
         * @description Until when the answer is waited for, and what is set aside is held.
         */
        ExtendBody: {
            /**
             * Until
             * Format: date-time
             */
            until: string;
        };
        /**
         * HoldBody
         * @description Until when it is held.
         */
        HoldBody: {
            /**
             * Until
             * Format: date-time
             */
            until: string;
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
         * MaterialRequestBody
         * @description What is asked of which node; ``accepts_offers``: what is offered is taken as it comes, up to the quantity.
         */
        MaterialRequestBody: {
            /** Incident Id */
            incident_id: string;
            /**
             * Target
             * @example 210404
             */
            target: string;
            /**
             * Item
             * @example hazardous_chemicals
             */
            item: string;
            /** Quantity */
            quantity: number;
            destination: components["schemas"]["Location"];
            /**
             * Accepts Offers
             * @default true
             */
            accepts_offers: boolean;
        };
        /**
         * MaterialRequestView
         * @description What was asked of another node, or of this one, and how far it is.
         */
        MaterialRequestView: {
            /** Request Id */
            request_id: string;
            /** Incident Id */
            incident_id: string;
            /** Jurisdiction */
            jurisdiction: string;
            /** Target */
            target: string;
            /** Item */
            item: string;
            /** Quantity */
            quantity: number;
            destination: components["schemas"]["Location"];
            /** Requested By */
            requested_by: string;
            /**
             * Requested At
             * Format: date-time
             */
            requested_at: string;
            /** Answer By */
            answer_by: string | null;
            /** Accepts Offers */
            accepts_offers: boolean | null;
            status: components["schemas"]["RequestStatus"];
            /** Offers */
            offers: components["schemas"]["OfferView"][];
            /** Offered */
            offered: number;
            /** Accepted */
            accepted: number;
            /**
             * Reserved
             * @description set aside for it or shipped
             */
            reserved: number;
            /** Received */
            received: number;
            /**
             * Missing
             * @description asked for and not set aside so far
             */
            missing: number;
            /** Reason */
            reason: string;
        };
        /**
         * MovementBody
         * @description Pieces that came in, went lost, were past their date; of a ``count`` what was found.
         */
        MovementBody: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "receipt" | "loss" | "count" | "expiry";
            /**
             * Item
             * @example hazardous_chemicals
             */
            item: string;
            /** Quantity */
            quantity: number;
            /** Reason */
            reason: string;
        };
        /**
         * MovementKind
         * @description Why the quantity changed.
         * @enum {string}
         */
        MovementKind: "opening" | "receipt" | "issue" | "transfer_out" | "transfer_in" | "return" | "loss" | "count" | "expiry";
        /**
         * MovementView
         * @description Why a depot's stock changed, and what it was afterwards.
         */
        MovementView: {
            /** Movement Id */
            movement_id: string;
            /** Depot Id */
            depot_id: string;
            /** Item */
            item: string;
            kind: components["schemas"]["MovementKind"];
            /** Change */
            change: number;
            /** Balance */
            balance: number;
            /** Reservation Id */
            reservation_id: string | null;
            /** Reason */
            reason: string;
            /** By */
            by: string;
            /**
             * Moved At
             * Format: date-time
             */
            moved_at: string;
        };
        /**
         * Nothing
         * @description A command without inputs; its body is an empty object.
         */
        Nothing: Record<string, never>;
        /**
         * OfferBody
         * @description How much is offered.
         */
        OfferBody: {
            /** Quantity */
            quantity: number;
        };
        /**
         * OfferView
         * @description What was offered, by whom (empty: by the plan's policy), and when it was accepted.
         */
        OfferView: {
            /** Offer Id */
            offer_id: string;
            /** Quantity */
            quantity: number;
            /** Offered By */
            offered_by: string;
            /**
             * Offered At
             * Format: date-time
             */
            offered_at: string;
            /** Accepted At */
            accepted_at: string | null;
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
         * PiecesBody
         * @description How many pieces.
         */
        PiecesBody: {
            /** Quantity */
            quantity: number;
        };
        /**
         * PlannedStockView
         * @description How much of an item, over all depots of a place.
         */
        PlannedStockView: {
            /** Item */
            item: string;
            /** Item Name */
            item_name: string;
            /** Unit */
            unit: string;
            /** Quantity */
            quantity: number;
        };
        /**
         * PlannedView
         * @description What the plan says a linked place has, as it was written down: no count of today.
         */
        PlannedView: {
            /** Jurisdiction */
            jurisdiction: string;
            /** Name */
            name: string;
            /** Teams */
            teams: string[];
            /** Depots */
            depots: string[];
            /** Stock */
            stock: components["schemas"]["PlannedStockView"][];
            /** Shelters */
            shelters: string[];
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
         * ReceiveBody
         * @description Who counted how many pieces that arrived, and how many of them are damaged.
         */
        ReceiveBody: {
            /** Received By */
            received_by: string;
            /** Quantity */
            quantity: number;
            /**
             * Damaged
             * @default 0
             */
            damaged: number;
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
         * RequestStatus
         * @description How far it is between the two nodes; in the first two the node asked may still offer.
         * @enum {string}
         */
        RequestStatus: "requested" | "partly" | "offered" | "accepted" | "short" | "declined" | "expired" | "withdrawn";
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
         * ReservationBody
         * @description What is wanted for an incident, from the nearest depots or from one.
         */
        ReservationBody: {
            /** Incident Id */
            incident_id: string;
            /**
             * Item
             * @example hazardous_chemicals
             */
            item: string;
            /** Quantity */
            quantity: number;
            destination: components["schemas"]["Location"];
            /** Depot Id */
            depot_id?: string | null;
        };
        /**
         * ReservationStatus
         * @description Where the material is.
         * @enum {string}
         */
        ReservationStatus: "reserved" | "shipped" | "received" | "used" | "returned" | "cancelled" | "expired";
        /**
         * ReservationView
         * @description A reservation, of this node or of another for it.
         */
        ReservationView: {
            /** Reservation Id */
            reservation_id: string;
            /** Request Id */
            request_id: string;
            /** Incident Id */
            incident_id: string;
            /** Jurisdiction */
            jurisdiction: string;
            /** Depot Id */
            depot_id: string;
            /** Depot Name */
            depot_name: string;
            /** Item */
            item: string;
            /** Item Name */
            item_name: string;
            /** Quantity */
            quantity: number;
            /** Unit */
            unit: string;
            /** For Jurisdiction */
            for_jurisdiction: string;
            destination: components["schemas"]["Location"];
            /**
             * Reserved At
             * Format: date-time
             */
            reserved_at: string;
            /** Offer Id */
            offer_id: string | null;
            /** Expires At */
            expires_at: string | null;
            status: components["schemas"]["ReservationStatus"];
            /** Carrier */
            carrier: string;
            /** Shipped At */
            shipped_at: string | null;
            /** Received By */
            received_by: string;
            /**
             * Received
             * @description pieces that arrived, damaged ones counted
             */
            received: number | null;
            /** Damaged */
            damaged: number;
            /** Received At */
            received_at: string | null;
            /**
             * Difference
             * @description shipped and not arrived
             */
            difference: number;
            /**
             * Settlement
             * @description what became of the difference
             */
            settlement: ("lost" | "returned" | "arrived_late") | null;
            /** Used */
            used: number;
            /** Returned */
            returned: number;
            /**
             * Left
             * @description whole pieces that are neither used nor returned
             */
            left: number;
            /** Cancelled At */
            cancelled_at: string | null;
            /** Expired At */
            expired_at: string | null;
            /** Reason */
            reason: string;
        };
        /**
         * ReservationsView
         * @description What was reserved, and how much nobody can give.
         */
        ReservationsView: {
            /** Reservations */
            reservations: components["schemas"]["ReservationView"][];
            /** Missing */
            missing: number;
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
         * ServiceBody
         * @description Whether it can be sent from now on, and why.
         */
        ServiceBody: {
            /** Version */
            version: number;
            service: components["schemas"]["TeamService"];
            /** Reason */
            reason: string;
        };
        /**
         * SettleBody
         * @description What became of the pieces that did not arrive.
         */
        SettleBody: {
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "lost" | "returned" | "arrived_late";
            /** Reason */
            reason: string;
        };
        /**
         * ShipBody
         * @description Who carries it.
         */
        ShipBody: {
            /** Carrier */
            carrier: string;
        };
        /**
         * SiteView
         * @description A shelter or hazard source.
         */
        SiteView: {
            /** Site Id */
            site_id: string;
            /** Name */
            name: string;
            /** Sector */
            sector: string | null;
            /** Detail */
            detail: string;
            place: components["schemas"]["Location"];
        };
        /**
         * StockView
         * @description What a depot has of one item; ``available`` is what nobody was promised.
         */
        StockView: {
            /** Stock Id */
            stock_id: string;
            /** Depot Id */
            depot_id: string;
            /** Depot Name */
            depot_name: string;
            /** Item */
            item: string;
            /** Item Name */
            item_name: string;
            /** Unit */
            unit: string;
            /** Quantity */
            quantity: number;
            /** Reserved */
            reserved: number;
            /** Available */
            available: number;
        };
        /**
         * Stream
         * @description A stream belongs to one service; its topic is ``<jurisdiction>.<stream>``.
         * @enum {string}
         */
        Stream: "incident" | "consultation" | "dispatch" | "position" | "resource" | "warning" | "warning-draft" | "delivery" | "monitoring" | "clock" | "dead-letter";
        /**
         * TeamBody
         * @description A team as it stands now; class and capabilities are those of its kind.
         */
        TeamBody: {
            /**
             * Version
             * @description the one that was shown; 0 for a team that is new here
             * @default 0
             */
            version: number;
            /** Name */
            name: string;
            /**
             * Kind
             * @example hazardous_chemicals
             */
            kind: string;
            /** Crew */
            crew: number;
            /**
             * Station
             * @default
             */
            station: string;
            home: components["schemas"]["Location"];
            /**
             * Call Sign
             * @default
             * @example E3
             */
            call_sign: string;
            /**
             * Vehicles
             * @default []
             */
            vehicles: components["schemas"]["Vehicles"][];
        };
        /**
         * TeamService
         * @description Whether it can be sent.
         * @enum {string}
         */
        TeamService: "in_service" | "out_of_service" | "retired";
        /**
         * TeamView
         * @description A team of the roster.
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
            /** Station */
            station: string;
            /** Vehicles */
            vehicles: components["schemas"]["Vehicles"][];
            home: components["schemas"]["Location"];
            /**
             * Registered At
             * Format: date-time
             */
            registered_at: string;
            /**
             * Changed By
             * @description who changed it last; empty: as the plan has it
             */
            changed_by: string;
            /** Version */
            version: number;
            service: components["schemas"]["TeamService"];
            /** Service Reason */
            service_reason: string;
            /** Call Sign */
            call_sign: string;
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
         * TransferBody
         * @description Pieces moved to another depot of this node.
         */
        TransferBody: {
            /** To Depot Id */
            to_depot_id: string;
            /**
             * Item
             * @example hazardous_chemicals
             */
            item: string;
            /** Quantity */
            quantity: number;
            /** Reason */
            reason: string;
        };
        /**
         * TransferView
         * @description What two depots have now.
         */
        TransferView: {
            out_of: components["schemas"]["BalanceView"];
            into: components["schemas"]["BalanceView"];
        };
        /**
         * Vehicles
         * @description How many vehicles of one kind.
         */
        Vehicles: {
            /** Name */
            name: string;
            /** Count */
            count: number;
        };
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
                retired?: boolean;
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
    list_depots_depots_get: {
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
                    "application/json": components["schemas"]["DepotView"][];
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
    list_stock_stock_get: {
        parameters: {
            query?: {
                item?: string | null;
                limit?: number;
                /** @description only what stands behind this stock_id */
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
                    "application/json": components["schemas"]["StockView"][];
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
    list_movements_stock_movements_get: {
        parameters: {
            query?: {
                depot_id?: string | null;
                item?: string | null;
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
                    "application/json": components["schemas"]["MovementView"][];
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
    list_shelters_shelters_get: {
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
                    "application/json": components["schemas"]["SiteView"][];
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
    list_hazard_sources_hazard_sources_get: {
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
                    "application/json": components["schemas"]["SiteView"][];
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
    list_planned_planned_get: {
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
                    "application/json": components["schemas"]["PlannedView"][];
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
    list_experts_experts_get: {
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
                    "application/json": components["schemas"]["ExpertView"][];
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
    list_reservations_reservations_get: {
        parameters: {
            query?: {
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
                    "application/json": components["schemas"]["ReservationView"][];
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
    make_reservations_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReservationBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationsView"];
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
    list_material_requests_material_requests_get: {
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
                    "application/json": components["schemas"]["MaterialRequestView"][];
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
    ask_material_requests_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MaterialRequestBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaterialRequestView"];
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
    put_team_teams__team_id__put: {
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
                "application/json": components["schemas"]["TeamBody"];
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
    set_service_teams__team_id__service_post: {
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
                "application/json": components["schemas"]["ServiceBody"];
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
    move_depots__depot_id__movements_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                depot_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MovementBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BalanceView"];
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
    transfer_depots__depot_id__transfers_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                depot_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferView"];
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
    ship_reservations__reservation_id__ship_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                reservation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShipBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationView"];
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
    extend_reservations__reservation_id__extend_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                reservation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationView"];
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
    cancel_reservations__reservation_id__cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                reservation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationView"];
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
    receive_reservations__reservation_id__receive_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                reservation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReceiveBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationView"];
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
    use_reservations__reservation_id__use_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                reservation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PiecesBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationView"];
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
    take_back_reservations__reservation_id__return_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                reservation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PiecesBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationView"];
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
    settle_reservations__reservation_id__settle_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                reservation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettleBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationView"];
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
    offer_material_requests__request_id__offer_post: {
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
                    "application/json": components["schemas"]["MaterialRequestView"];
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
    decline_material_requests__request_id__decline_post: {
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
                    "application/json": components["schemas"]["MaterialRequestView"];
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
    accept_material_requests__request_id__accept_post: {
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
                "application/json": components["schemas"]["AcceptBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaterialRequestView"];
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
    withdraw_material_requests__request_id__withdraw_post: {
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
                    "application/json": components["schemas"]["MaterialRequestView"];
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
    extend_material_requests__request_id__extend_post: {
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
                "application/json": components["schemas"]["ExtendBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaterialRequestView"];
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
                "application/json": components["schemas"]["Nothing"];
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
                "application/json": components["schemas"]["Nothing"];
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
