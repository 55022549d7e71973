package io.sightline.hub.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the keys that are never shown, in a settings record and in those below it. */
final class SecretKeys {
    private SecretKeys() {}

    static Set<String> of(Class<?> type) {
        var keys = new LinkedHashSet<String>();
        for (RecordComponent component : type.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            if (setting != null) {
                if (setting.secret()) {
                    keys.add(RecordReader.key(component));
                }
                below(component, setting).ifPresent(record -> keys.addAll(of(record)));
            }
        }
        return keys;
    }

    /** The record that a value, or each item of a value, is read as. */
    private static Optional<Class<?>> below(RecordComponent component, Setting setting) {
        Type type = component.getGenericType();
        if (setting.items() != Record.class) {
            type = setting.items();
        } else if (type instanceof ParameterizedType items) {
            type = items.getActualTypeArguments()[items.getActualTypeArguments().length - 1];
        }
        boolean keys = type instanceof Class<?> record
                && record.isRecord()
                && Stream.of(record.getRecordComponents()).anyMatch(key -> key.isAnnotationPresent(Setting.class));
        return keys ? Optional.of((Class<?>) type) : Optional.empty();
    }
}
