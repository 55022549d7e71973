package io.sightline.hub.management;

/** Metrics of things that come and go. Called every few seconds by one thread; must not block. */
interface Refreshing {
    void refresh();
}
