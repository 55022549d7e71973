package io.sightline.engine.offline;

import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;

/** The FFmpeg program that comes with the libraries that decode here: the same version, compiled the same way. */
public final class FfmpegProgram {
    private FfmpegProgram() {}

    /** @return where it was unpacked, or empty if it does not come for this system */
    public static Optional<Path> find() {
        try {
            return Optional.ofNullable(Loader.load(ffmpeg.class)).map(Path::of);
        } catch (UnsatisfiedLinkError e) {
            return Optional.empty();
        }
    }
}
