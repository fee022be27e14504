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
         * @description The roster.
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
         * @description What this node asked of others, and how they answered.
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
    "/reservations/{reservation_id}/deliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver
         * @description 送达: signed for, all of it or less.
         */
        post: operations["deliver_reservations__reservation_id__deliver_post"];
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
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics
         * @description Prometheus text.
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
            resolution: ("handled" | "skipped") | null;
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
         * DeliverBody
         * @description Who signed for how much.
         */
        DeliverBody: {
            /** Received By */
            received_by: string;
            /** Quantity */
            quantity: number;
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
         * @description What is asked of which node.
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
        };
        /**
         * MaterialRequestView
         * @description What was asked of another node, how much of it is promised so far, and how much is not to be had.
         */
        MaterialRequestView: {
            /** Request Id */
            request_id: string;
            /** Incident Id */
            incident_id: string;
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
            /** Reserved */
            reserved: number;
            /** Missing */
            missing: number;
            /** Reason */
            reason: string;
        };
        /**
         * Nothing
         * @description A command without inputs; its body is an empty object.
         */
        Nothing: Record<string, never>;
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
        ReservationStatus: "reserved" | "shipped" | "delivered" | "cancelled";
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
            status: components["schemas"]["ReservationStatus"];
            /** Carrier */
            carrier: string;
            /** Shipped At */
            shipped_at: string | null;
            /** Received By */
            received_by: string;
            /** Delivered */
            delivered: number | null;
            /** Delivered At */
            delivered_at: string | null;
            /** Cancelled At */
            cancelled_at: string | null;
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
         * @description A team as it stands now; class and capabilities are those of its kind in the plan.
         */
        TeamBody: {
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
             * Vehicles
             * @default []
             */
            vehicles: components["schemas"]["Vehicles"][];
        };
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
    deliver_reservations__reservation_id__deliver_post: {
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
                "application/json": components["schemas"]["DeliverBody"];
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
