package io.sightline.hub.management;

/**
 * The dead letters as Hawtio and JMX show them: {@code io.sightline:type=dead-letters}. A sink or cause that is empty fits
 * all; ids are those that {@code list} tells.
 */
public interface DeadLettersMXBean {
    long getCount();

    /** As JSON, the oldest first; at most 1000. */
    String list(String sink, String cause, int limit);

    /** One letter as JSON, with its bytes as text; empty where there is none such. */
    String show(String id);

    boolean replay(String id);

    /** To another sink than it came from. */
    boolean replayTo(String id, String sink);

    /** At most 10 000 at once. @return how many */
    int replayMany(String sink, String cause, int limit);

    /** To another sink than they came from. @return how many */
    int replayManyTo(String sink, String cause, String target, int limit);

    boolean remove(String id);

    /** At most 10 000 at once. @return how many */
    int removeMany(String sink, String cause, int limit);
}
