package io.sightline.hub.settings;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Settings before and after a change of the file. Whatever is not named in {@link #cameras}, {@link #detectors}, {@link #sinks} or
 * differs otherwise is to be left as it runs.
 */
public record SettingsChange(SightlineSettings before, SightlineSettings after) {

    /** Ids of items that came, went, or are no longer what they were. */
    public record Items(Set<String> added, Set<String> removed, Set<String> changed) {
        public boolean none() {
            return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
        }
    }

    public Items cameras() {
        return items(SightlineSettings::cameras);
    }

    /** A camera whose detector changed does not count as changed itself. */
    public Items detectors() {
        return items(SightlineSettings::detectors);
    }

    public Items sinks() {
        return items(SightlineSettings::sinks);
    }

    /** Keys that changed and take effect at the next start only, for example {@code ports.http}. */
    public List<String> waitingForRestart() {
        var keys = new ArrayList<String>();
        for (RecordComponent group : SightlineSettings.class.getRecordComponents()) {
            if (Record.class.isAssignableFrom(group.getType())) {
                Object old = value(group, before);
                Object now = value(group, after);
                for (RecordComponent key : group.getType().getRecordComponents()) {
                    if (key.getAnnotation(Setting.class).restart()
                            && !value(key, old).equals(value(key, now))) {
                        keys.add(RecordReader.key(group) + "." + RecordReader.key(key));
                    }
                }
            }
        }
        return keys;
    }

    private <T> Items items(Function<SightlineSettings, Map<String, T>> items) {
        Map<String, T> old = items.apply(before);
        Map<String, T> now = items.apply(after);
        var added = new LinkedHashSet<>(now.keySet());
        added.removeAll(old.keySet());
        var removed = new LinkedHashSet<>(old.keySet());
        removed.removeAll(now.keySet());
        var changed = new LinkedHashSet<>(now.keySet());
        changed.removeIf(id -> !old.containsKey(id) || old.get(id).equals(now.get(id)));
        return new Items(added, removed, changed);
    }

    private static Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
