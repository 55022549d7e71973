package io.sightline.hub.changes;

import java.util.Optional;

/**
 * Whose version of the file it is.
 *
 * @param by name of the user; empty where the file itself was changed
 * @param restored id of the revision that was gone back to
 */
record Author(Optional<String> by, Revision.Via via, Optional<String> restored) {
    static final Author FILE = new Author(Optional.empty(), Revision.Via.FILE, Optional.empty());

    static Author rest(String by) {
        return new Author(Optional.of(by), Revision.Via.REST, Optional.empty());
    }

    static Author restore(String by, Revision revision) {
        return new Author(Optional.of(by), Revision.Via.RESTORE, Optional.of(revision.id()));
    }
}
