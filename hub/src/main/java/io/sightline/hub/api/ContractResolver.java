package io.sightline.hub.api;

import java.nio.charset.StandardCharsets;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.ResourceResolverSupport;

/** Reads {@code contract:openapi.yaml} for route files, in the hub's Camel context and in those of dry runs. */
public final class ContractResolver extends ResourceResolverSupport {

    public ContractResolver() {
        super("contract");
    }

    @Override
    protected Resource createResource(String location, String remaining) {
        return ResourceHelper.fromBytes(
                location, new Contract().routedOperations().getBytes(StandardCharsets.UTF_8));
    }
}
