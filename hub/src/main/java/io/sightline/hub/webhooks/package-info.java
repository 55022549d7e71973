/**
 * Webhooks, both ways, after the Standard Webhooks specification.
 *
 * <pre>
 *  spine ─► sightline.sinks.webhook-ID ─► DeliverWebhook ─► WebhookClient ─► receiver
 *  (a queue and a consumer each)          filter, sign       address checked as it is connected to
 *                                             └─► DeliveryLog ─► store
 *  sender ─► POST /hooks/NAME ─► InboundCheck ─► Inbox ─► publisher ─► spine
 * </pre>
 *
 * An endpoint holds up only itself: its consumer thread sends, waits and tries again, in order. Events are never lost
 * here; entries of the delivery log may be, and are counted.
 */
@NullMarked
package io.sightline.hub.webhooks;

import org.jspecify.annotations.NullMarked;
