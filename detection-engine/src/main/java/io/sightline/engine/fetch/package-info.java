/**
 * Models that are fetched by address: each is named by the hash of its bytes, so what is in the folder is what was asked
 * for, whoever sent it.
 *
 * <pre>
 *  ModelSource ──► ModelStore ──► FOLDER/HASH.part ──► (hash is right) ──► FOLDER/HASH.onnx
 * </pre>
 */
@NullMarked
package io.sightline.engine.fetch;

import org.jspecify.annotations.NullMarked;
