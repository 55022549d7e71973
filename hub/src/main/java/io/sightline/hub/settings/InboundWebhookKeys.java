package io.sightline.hub.settings;

import io.sightline.hub.webhooks.InboundSource;
import java.util.Locale;

/** The keys of one source of {@code inbound-webhooks}; its key is the last part of the address it sends to. */
record InboundWebhookKeys(
        String id,

        @Setting(
                value = "How the sender signs: `standard` after the Standard Webhooks specification, `github` with"
                        + " `X-Hub-Signature-256`.",
                standard = "standard",
                oneOf = {"standard", "github"})
        String scheme,

        @Setting(value = "What sender and hub both know; for `standard` it begins with `whsec_`.", secret = true)
        String secret)
        implements Keys<InboundSource> {
    @Override
    public InboundSource value() {
        return new InboundSource(id, InboundSource.Scheme.valueOf(scheme.toUpperCase(Locale.ROOT)), secret);
    }
}
