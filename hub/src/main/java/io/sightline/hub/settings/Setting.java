package io.sightline.hub.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.function.Supplier;

/**
 * What there is to know about one key of sightline.yaml. The key is the component's name with dashes; its type is the
 * component's. Live unless {@link #restart} says otherwise.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** The meaning, as the page of the configuration tells it. */
    String value();

    /** The default as it would be written; empty: none, so a text, number or switch has to be given. */
    String standard() default "";

    /** Takes effect at the next start only. */
    boolean restart() default false;

    /** Never shown, not even in a problem. */
    boolean secret() default false;

    /** Can also stand in the key that holds the defaults of all items. */
    boolean shared() default false;

    /** Smallest number allowed; of a duration in seconds. */
    double min() default 0;

    /** Largest number allowed; of a duration in seconds. */
    double max() default Integer.MAX_VALUE;

    Unit unit() default Unit.NONE;

    /** The only words that are allowed; empty: any text. */
    String[] oneOf() default {};

    /** Where the only words that are allowed are known elsewhere: what tells them. */
    Class<? extends Supplier<List<String>>> wordsFrom() default NoWords.class;

    /** The key whose items this id must be one of. */
    String refersTo() default "";

    /** The key that holds the defaults of all items. */
    String defaultsIn() default "";

    /** The record that an item is read as, where the component's own type is not ours; it is one of {@link Keys}. */
    Class<? extends Record> items() default Record.class;

    /** How a number is written. */
    enum Unit {
        NONE,
        PIXELS,
        METRES,
        PERCENT,
        BYTES
    }

    /** Any text is allowed. */
    final class NoWords implements Supplier<List<String>> {
        @Override
        public List<String> get() {
            return List.of();
        }
    }
}
