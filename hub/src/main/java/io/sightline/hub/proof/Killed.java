package io.sightline.hub.proof;

import java.util.List;

/**
 * What a loop of kills, or a run with faults, has shown.
 *
 * @param accounts one per receiver
 * @param letters events among the dead letters at the end
 */
record Killed(int cycles, List<Account> accounts, long letters) {}
