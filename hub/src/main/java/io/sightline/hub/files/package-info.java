/**
 * Files that people write: read into YAML nodes that know their lines, refused with every problem at once, watched for
 * changes.
 *
 * <pre>
 * bytes ──► size, UTF-8 ──► events (depth, aliases) ──► nodes with lines ──► settings, route checks
 * </pre>
 *
 * <p>No threads of its own but the one of {@link io.sightline.hub.files.FileWatch}.
 */
@NullMarked
package io.sightline.hub.files;

import org.jspecify.annotations.NullMarked;
