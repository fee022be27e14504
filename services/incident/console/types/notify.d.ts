// Made by `liandong generate` from the OpenAPI of the notify service.

export interface paths {
    "/warning-offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Offers
         * @description What is offered for a warning that is still to be written; refused for an unknown sector or type.
         */
        get: operations["show_offers_warning_offers_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/warnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Warnings
         * @description Warnings in the order of their making; a department's are those that are public, with what it has confirmed.
         */
        get: operations["list_warnings_warnings_get"];
        put?: never;
        /**
         * Draft
         * @description 制作: a person's own draft.
         */
        post: operations["draft_warnings_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/warnings/{warning_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Warning
         * @description One warning with its acknowledgements and how its deliveries stand.
         */
        get: operations["show_warning_warnings__warning_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/warnings/{warning_id}/acknowledgements": {
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
         * @description A department confirms that it has the warning; said twice, it counts once (200).
         */
        post: operations["acknowledge_warnings__warning_id__acknowledgements_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/warnings/{warning_id}/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adopt
         * @description Take over a machine's draft, changed or as it is, and answer for it.
         */
        post: operations["adopt_warnings__warning_id__adopt_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/warnings/{warning_id}/revise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revise
         * @description 修改: change a draft, for instance one that was returned.
         */
        post: operations["revise_warnings__warning_id__revise_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/warnings/{warning_id}/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drop
         * @description Put aside a draft that is not needed.
         */
        post: operations["drop_warnings__warning_id__drop_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/warnings/{warning_id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Review
         * @description 审核通过, by somebody who did not write it.
         */
        post: operations["review_warnings__warning_id__review_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/warnings/{warning_id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign
         * @description 签发, by a third person.
         */
        post: operations["sign_warnings__warning_id__sign_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/warnings/{warning_id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send Back
         * @description 退回修改.
         */
        post: operations["send_back_warnings__warning_id__return_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/warnings/{warning_id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish
         * @description 发布 to every subscriber.
         */
        post: operations["publish_warnings__warning_id__publish_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/warnings/{warning_id}/cancel": {
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
         * @description 解除, told to every subscriber.
         */
        post: operations["cancel_warnings__warning_id__cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscribers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Subscribers
         * @description Current subscribers; addresses may be confidential, so not for every reader.
         */
        get: operations["list_subscribers_subscribers_get"];
        put?: never;
        /**
         * Subscribe
         * @description A new subscriber (201), or new values for a known name (200): of this node's mode, whatever anybody says.
         */
        post: operations["subscribe_subscribers_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscribers/{subscriber_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Unsubscribe
         * @description End a subscription; what is under way still goes out.
         */
        delete: operations["unsubscribe_subscribers__subscriber_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Deliveries
         * @description What became of every message, refused ones included.
         */
        get: operations["list_deliveries_deliveries_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/warning-adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Adjustments
         * @description What incidents asked about this node's warnings, in order.
         */
        get: operations["list_adjustments_warning_adjustments_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/warning-adjustments/{adjustment_id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer
         * @description Raise or lower: a draft at that level is proposed to the authors; lift: whoever may lift it is told; keep: it stands.
         */
        post: operations["answer_warning_adjustments__adjustment_id__answer_post"];
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
         * AcknowledgementView
         * @description A department's confirmation.
         */
        AcknowledgementView: {
            /** Acknowledgement Id */
            acknowledgement_id: string;
            /** Warning Id */
            warning_id: string;
            /** Department */
            department: string;
            /** Acknowledged By */
            acknowledged_by: string;
            /**
             * Acknowledged At
             * Format: date-time
             */
            acknowledged_at: string;
        };
        /**
         * AdjustmentStatus
         * @description Whether anybody has decided.
         * @enum {string}
         */
        AdjustmentStatus: "open" | "answered" | "withdrawn";
        /**
         * AdjustmentView
         * @description A question about a warning in force, and what was answered.
         */
        AdjustmentView: {
            /** Adjustment Id */
            adjustment_id: string;
            /** Warning Id */
            warning_id: string;
            /** Incident Id */
            incident_id: string;
            /**
             * Cause
             * @enum {string}
             */
            cause: "raised" | "lowered" | "ended";
            /**
             * Suggests
             * @enum {string}
             */
            suggests: "raise" | "lower" | "lift" | "keep";
            grade: components["schemas"]["Grade"] | null;
            previous_grade: components["schemas"]["Grade"] | null;
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            status: components["schemas"]["AdjustmentStatus"];
            /** Answer */
            answer: ("raise" | "lower" | "lift" | "keep") | null;
            /** Answered By */
            answered_by: string;
            /** Reason */
            reason: string;
            /** Answered At */
            answered_at: string | null;
        };
        /**
         * AnswerBody
         * @description What is to be done; ``level`` where the warning is raised or lowered.
         */
        AnswerBody: {
            /**
             * Answer
             * @enum {string}
             */
            answer: "raise" | "lower" | "lift" | "keep";
            level?: components["schemas"]["WarningLevel"] | null;
            /** Reason */
            reason: string;
        };
        /**
         * ChangesBody
         * @description Changes to a warning's text; what is absent stays.
         */
        ChangesBody: {
            /** Version */
            version?: number | null;
            /** Sector */
            sector?: string | null;
            /** Event Type */
            event_type?: string | null;
            level?: components["schemas"]["WarningLevel"] | null;
            /** Headline */
            headline?: string | null;
            /** Description */
            description?: string | null;
            /** Instruction */
            instruction?: string | null;
            /** Area */
            area?: string | null;
            /** Area Codes */
            area_codes?: string[] | null;
            /** Places */
            places?: string[] | null;
            /** Valid Hours */
            valid_hours?: number | null;
            /** Starts At */
            starts_at?: string | null;
            /** Measures */
            measures?: string[] | null;
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
         * DeliveryStatus
         * @description What became of a delivery so far.
         * @enum {string}
         */
        DeliveryStatus: "pending" | "completed" | "failed" | "refused" | "superseded" | "expired";
        /**
         * DeliveryView
         * @description One delivery; ``receipt`` when it was taken, ``reason`` when not (yet).
         */
        DeliveryView: {
            /** Delivery Id */
            delivery_id: string;
            /** Warning Id */
            warning_id: string;
            /** Incident Id */
            incident_id: string | null;
            /** Subscriber Id */
            subscriber_id: string;
            /** Subscriber */
            subscriber: string;
            /**
             * Channel
             * @enum {string}
             */
            channel: "webhook" | "file";
            /**
             * Mode
             * @enum {string}
             */
            mode: "live" | "exercise";
            /**
             * Kind
             * @enum {string}
             */
            kind: "published" | "cancelled";
            status: components["schemas"]["DeliveryStatus"];
            /** Attempts */
            attempts: number;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /** Receipt */
            receipt: string;
            /** Reason */
            reason: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Finished At */
            finished_at: string | null;
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
         * DraftBody
         * @description A new warning; start and period come from the plan unless given. Measures are chosen by a person.
         */
        DraftBody: {
            /** Version */
            version?: number | null;
            /** Sector */
            sector: string;
            /** Event Type */
            event_type: string;
            level: components["schemas"]["WarningLevel"];
            /** Headline */
            headline: string;
            /** Description */
            description: string;
            /** Instruction */
            instruction: string;
            /** Area */
            area: string;
            /** Area Codes */
            area_codes: string[];
            /** Places */
            places?: string[] | null;
            /** Valid Hours */
            valid_hours?: number | null;
            /** Starts At */
            starts_at?: string | null;
            /** Measures */
            measures?: string[] | null;
            /** Incident Id */
            incident_id?: string | null;
        };
        /**
         * Grade
         * @description 事件等级, ascending; 生产安全事故报告和调查处理条例 art. 3 and 突发事件应对法 art. 3.
         * @enum {string}
         */
        Grade: "general" | "significant" | "major" | "catastrophic";
        /**
         * MeasureGroup
         * @description Measures that are offered from a level up.
         */
        MeasureGroup: {
            level: components["schemas"]["WarningLevel"];
            /** Name */
            name: string;
            /** Measures */
            measures: string[];
        };
        /**
         * Nothing
         * @description A command without inputs; its body is an empty object.
         */
        Nothing: Record<string, never>;
        /**
         * OffersView
         * @description What plan and law offer for a warning: nothing of it is filled in, a person chooses.
         */
        OffersView: {
            /** Issuer */
            issuer: string;
            /**
             * Reserved
             * @description only people of its own department may write it
             */
            reserved: boolean;
            /**
             * Criterion
             * @description what calls for this level; empty while the city has not decided
             */
            criterion: string;
            /** Criterion To Confirm */
            criterion_to_confirm: boolean;
            /**
             * Measures
             * @description 突发事件应对法 arts 66, 67: one or several
             */
            measures: string[];
            /**
             * Measure Groups
             * @description the same, by the level from which they are offered
             */
            measure_groups: components["schemas"]["MeasureGroup"][];
            /** Recipients */
            recipients: components["schemas"]["RecipientView"][];
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
         * PersonView
         * @description Who did something.
         */
        PersonView: {
            /** Subject */
            subject: string;
            /** Name */
            name: string;
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
         * @description A command that states its reason.
         */
        ReasonBody: {
            /** Version */
            version?: number | null;
            /** Reason */
            reason: string;
        };
        /**
         * RecipientView
         * @description Who is told besides the public: 突发事件应对法 art. 64.
         */
        RecipientView: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "next_level" | "garrison" | "neighbours";
            /** Name */
            name: string;
            /**
             * Places
             * @description those of the plan; others beyond its borders are not in it
             */
            places: string[];
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
         * SeenBody
         * @description A step that answers for a text; ``version`` is the one that was shown to whoever takes it.
         */
        SeenBody: {
            /** Version */
            version: number;
        };
        /**
         * Stream
         * @description A stream belongs to one service; its topic is ``<jurisdiction>.<stream>``.
         * @enum {string}
         */
        Stream: "incident" | "consultation" | "dispatch" | "position" | "resource" | "warning" | "warning-draft" | "delivery" | "monitoring" | "clock" | "dead-letter";
        /**
         * SubscriberBody
         * @description Who receives warnings and where; a known name is changed.
         */
        SubscriberBody: {
            /** Name */
            name: string;
            /** Department */
            department?: string | null;
            /**
             * Channel
             * @enum {string}
             */
            channel: "webhook" | "file";
            /** Target */
            target: string;
        };
        /**
         * SubscriberView
         * @description One subscriber.
         */
        SubscriberView: {
            /** Subscriber Id */
            subscriber_id: string;
            /** Name */
            name: string;
            /** Department */
            department: string | null;
            /**
             * Channel
             * @enum {string}
             */
            channel: "webhook" | "file";
            /** Target */
            target: string;
            /**
             * Mode
             * @enum {string}
             */
            mode: "live" | "exercise";
            /**
             * Failures
             * @description attempts in a row that failed
             */
            failures: number;
            /**
             * Resting Until
             * @description until then nothing is sent to it
             */
            resting_until: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
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
         * VersionBody
         * @description A command on a warning; ``version`` is the one it was given on, if the caller wants that checked.
         */
        VersionBody: {
            /** Version */
            version?: number | null;
        };
        /**
         * WarningContent
         * @description What a warning must state: 突发事件应对法 art. 64.
         */
        WarningContent: {
            /**
             * Sector
             * @example hazardous_chemicals
             */
            sector: string;
            /** Event Type */
            event_type: string;
            level: components["schemas"]["WarningLevel"];
            /** Headline */
            headline: string;
            /** Description */
            description: string;
            /**
             * Instruction
             * @description cautions and measures for the public
             */
            instruction: string;
            /**
             * Area
             * @description the area that may be affected, in words
             */
            area: string;
            /** Area Codes */
            area_codes: string[];
            /**
             * Places
             * @description townships, subdistricts, zones and grids
             * @default []
             */
            places: string[];
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Measures
             * @default []
             */
            measures: string[];
            /** Issuer */
            issuer: string;
        };
        /**
         * WarningDetails
         * @description One warning with what became of it, and what may be chosen for it.
         */
        WarningDetails: {
            /** Warning Id */
            warning_id: string;
            /** Incident Id */
            incident_id: string | null;
            /** Jurisdiction */
            jurisdiction: string;
            /**
             * Origin
             * @enum {string}
             */
            origin: "person" | "plan_rule" | "consultation";
            status: components["schemas"]["WarningStatus"];
            /** Version */
            version: number;
            content: components["schemas"]["WarningContent"];
            /** Authors */
            authors: components["schemas"]["PersonView"][];
            reviewer: components["schemas"]["PersonView"] | null;
            signer: components["schemas"]["PersonView"] | null;
            /**
             * Drafted At
             * Format: date-time
             */
            drafted_at: string;
            /** Published At */
            published_at: string | null;
            /** Cancelled At */
            cancelled_at: string | null;
            /** Reason */
            reason: string;
            offers: components["schemas"]["OffersView"];
            /** Acknowledgements */
            acknowledgements: components["schemas"]["AcknowledgementView"][];
            /** Deliveries */
            deliveries: {
                [key: string]: number;
            };
        };
        /**
         * WarningLevel
         * @description 预警级别 by colour, Ⅰ red the gravest; 突发事件应对法 art. 63.
         * @enum {string}
         */
        WarningLevel: "red" | "orange" | "yellow" | "blue";
        /**
         * WarningLine
         * @description A warning in a list.
         */
        WarningLine: {
            /** Warning Id */
            warning_id: string;
            /** Incident Id */
            incident_id: string | null;
            /** Jurisdiction */
            jurisdiction: string;
            /**
             * Origin
             * @enum {string}
             */
            origin: "person" | "plan_rule" | "consultation";
            status: components["schemas"]["WarningStatus"];
            /** Version */
            version: number;
            content: components["schemas"]["WarningContent"];
            /** Authors */
            authors: components["schemas"]["PersonView"][];
            reviewer: components["schemas"]["PersonView"] | null;
            signer: components["schemas"]["PersonView"] | null;
            /**
             * Drafted At
             * Format: date-time
             */
            drafted_at: string;
            /** Published At */
            published_at: string | null;
            /** Cancelled At */
            cancelled_at: string | null;
            /** Reason */
            reason: string;
            /**
             * Acknowledged
             * @description how many departments have confirmed it
             */
            acknowledged: number;
            /**
             * Confirmed
             * @description by the department that asks
             * @default false
             */
            confirmed: boolean;
        };
        /**
         * WarningStatus
         * @description Where a warning is on its way.
         * @enum {string}
         */
        WarningStatus: "proposed" | "drafted" | "reviewed" | "signed" | "published" | "cancelled" | "dropped";
        /**
         * WarningView
         * @description One warning.
         */
        WarningView: {
            /** Warning Id */
            warning_id: string;
            /** Incident Id */
            incident_id: string | null;
            /** Jurisdiction */
            jurisdiction: string;
            /**
             * Origin
             * @enum {string}
             */
            origin: "person" | "plan_rule" | "consultation";
            status: components["schemas"]["WarningStatus"];
            /** Version */
            version: number;
            content: components["schemas"]["WarningContent"];
            /** Authors */
            authors: components["schemas"]["PersonView"][];
            reviewer: components["schemas"]["PersonView"] | null;
            signer: components["schemas"]["PersonView"] | null;
            /**
             * Drafted At
             * Format: date-time
             */
            drafted_at: string;
            /** Published At */
            published_at: string | null;
            /** Cancelled At */
            cancelled_at: string | null;
            /** Reason */
            reason: string;
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
    show_offers_warning_offers_get: {
        parameters: {
            query: {
                sector: string;
                event_type: string;
                level: components["schemas"]["WarningLevel"];
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
                    "application/json": components["schemas"]["OffersView"];
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
    list_warnings_warnings_get: {
        parameters: {
            query?: {
                incident_id?: string | null;
                status?: components["schemas"]["WarningStatus"] | null;
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
                    "application/json": components["schemas"]["WarningLine"][];
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
    draft_warnings_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningView"];
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
    show_warning_warnings__warning_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                warning_id: string;
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
                    "application/json": components["schemas"]["WarningDetails"];
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
    acknowledge_warnings__warning_id__acknowledgements_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                warning_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VersionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcknowledgementView"];
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
    adopt_warnings__warning_id__adopt_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                warning_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningView"];
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
    revise_warnings__warning_id__revise_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                warning_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningView"];
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
    drop_warnings__warning_id__drop_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                warning_id: string;
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
                    "application/json": components["schemas"]["WarningView"];
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
    review_warnings__warning_id__review_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                warning_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeenBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningView"];
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
    sign_warnings__warning_id__sign_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                warning_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeenBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningView"];
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
    send_back_warnings__warning_id__return_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                warning_id: string;
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
                    "application/json": components["schemas"]["WarningView"];
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
    publish_warnings__warning_id__publish_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                warning_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeenBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningView"];
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
    cancel_warnings__warning_id__cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                warning_id: string;
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
                    "application/json": components["schemas"]["WarningView"];
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
    list_subscribers_subscribers_get: {
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
                    "application/json": components["schemas"]["SubscriberView"][];
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
    subscribe_subscribers_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriberBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriberView"];
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
    unsubscribe_subscribers__subscriber_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                subscriber_id: string;
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
                    "application/json": components["schemas"]["SubscriberView"];
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
    list_deliveries_deliveries_get: {
        parameters: {
            query?: {
                warning_id?: string | null;
                status?: components["schemas"]["DeliveryStatus"] | null;
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
                    "application/json": components["schemas"]["DeliveryView"][];
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
    list_adjustments_warning_adjustments_get: {
        parameters: {
            query?: {
                incident_id?: string | null;
                status?: components["schemas"]["AdjustmentStatus"] | null;
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
                    "application/json": components["schemas"]["AdjustmentView"][];
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
    answer_warning_adjustments__adjustment_id__answer_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id */
                adjustment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdjustmentView"];
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
