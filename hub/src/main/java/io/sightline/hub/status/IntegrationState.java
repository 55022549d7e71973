package io.sightline.hub.status;

/** The states of an integration. */
public enum IntegrationState {
    ONLINE("active"),
    DEGRADED("active"),
    OFFLINE("error"),
    DISABLED("inactive");

    private final String restStatus;

    IntegrationState(String restStatus) {
        this.restStatus = restStatus;
    }

    /** The word that REST uses for a camera in this state. */
    public String restStatus() {
        return restStatus;
    }
}
