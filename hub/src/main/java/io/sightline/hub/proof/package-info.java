/**
 * The proof that no acknowledged event is lost: processes that are killed, receivers that fail, disks that are full, and a
 * ledger that compares what was acknowledged with what arrived.
 *
 * <pre>
 *  KillLoop  OrderRun  FaultMatrix  CrashImages
 *      │ starts, kills, hears "acknowledged …"
 *      ├──► SpineChild (the spine and its sinks), HubChild (the whole hub) ──► receivers ──► Ledger ──► Account
 *      └──► FaultDoor between a sink and its receiver
 * </pre>
 */
@NullMarked
package io.sightline.hub.proof;

import org.jspecify.annotations.NullMarked;
