package io.sightline.hub.settings;

/** The keys of something that is not ours; what they make of it. */
interface Keys<T> {
    /** @throws IllegalArgumentException if the keys together make no sense; says what, what was got, what is allowed */
    T value();
}
