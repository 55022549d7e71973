/**
 * What models take and what they give: how a picture is prepared, and how each family's numbers become boxes. Knows
 * neither a runtime nor native memory.
 *
 * <pre>
 *  PictureInput ──► (the model runs elsewhere) ──► ModelAnswer ──► Decoder ──► Proposals
 * </pre>
 *
 * A new family is one class that implements {@link io.sightline.engine.model.Decoder} and one test.
 */
@NullMarked
package io.sightline.engine.model;

import org.jspecify.annotations.NullMarked;
