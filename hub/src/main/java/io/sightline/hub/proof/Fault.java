package io.sightline.hub.proof;

/** What goes wrong between a sink and its receiver. */
enum Fault {
    REFUSED("refused"),
    SILENT("silent"),
    RESET("reset in the middle"),
    SLOW("slow"),
    ERROR("5xx"),
    LOGIN("401"),
    LIMIT("429"),
    TLS("wrong TLS"),
    DISK("disk full"),
    ANSWER("ack lost after commit");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
