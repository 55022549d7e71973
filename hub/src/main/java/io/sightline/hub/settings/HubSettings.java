package io.sightline.hub.settings;

import java.net.URI;
import java.util.Optional;

/**
 * @param id name of this hub in event sources; empty: made at the first start and kept in the data folder (restart)
 * @param publicUrl address under which enterprise systems reach the hub, for absolute links (restart)
 */
public record HubSettings(
        @Setting(
                value = "Name of this hub in the source of its events; made at the first start where it is missing.",
                restart = true)
        Optional<String> id,

        @Setting(
                value =
                        "Address under which other systems reach the hub, `https://…`; links in events are absolute with it.",
                restart = true)
        Optional<URI> publicUrl) {}
