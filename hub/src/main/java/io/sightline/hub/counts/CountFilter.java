package io.sightline.hub.counts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which series; what is empty fits all. */
public record CountFilter(
        Optional<String> camera, Optional<CountKind> kind, Optional<String> name, Optional<String> label) {
    public static final CountFilter ALL =
            new CountFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Conditions on the columns that every table has, each begun with AND. */
    String conditions() {
        return (camera.isPresent() ? " AND camera_id = ?" : "")
                + (kind.isPresent() ? " AND kind = ?" : "")
                + (name.isPresent() ? " AND name = ?" : "")
                + (label.isPresent() ? " AND label = ?" : "");
    }

    /** Values of the conditions, in their order. */
    List<Object> values() {
        var values = new ArrayList<Object>();
        camera.ifPresent(values::add);
        kind.map(CountKind::word).ifPresent(values::add);
        name.ifPresent(values::add);
        label.ifPresent(values::add);
        return values;
    }
}
