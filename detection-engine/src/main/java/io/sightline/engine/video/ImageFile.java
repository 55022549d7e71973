package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.jspecify.annotations.Nullable;

/**
 * The images of folders, which anybody may have uploaded. By its name FFmpeg would take one for a pattern, and by what it
 * holds for a list of other files to open: so how it is read is found out here, and it is read so or not at all.
 */
final class ImageFile {
    static final Set<String> SUFFIXES = Set.of("jpg", "jpeg", "png", "bmp", "webp", "tif", "tiff");

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_BEGINNING = 12;

    /** @param reader of FFmpeg, for one image in one file */
    private record Kind(String reader, Pattern beginning) {
        Kind(String reader, String beginning) {
            this(reader, Pattern.compile(beginning, Pattern.DOTALL));
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("jpeg_pipe", "\\xff\\xd8\\xff"),
            new Kind("png_pipe", "\\x89PNG\\r\\n\\x1a\\n"),
            new Kind("bmp_pipe", "BM"),
            new Kind("webp_pipe", "RIFF.{4}WEBP"),
            new Kind("tiff_pipe", "II\\*\\x00|MM\\x00\\*"));

    private ImageFile() {}

    static boolean hasImageName(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return SUFFIXES.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** @return with the image decoded; null if it is none that can be read */
    static @Nullable FfmpegInput open(VideoSettings settings, Path image, BooleanSupplier closing) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var limit = BlockedCalls.limit(deadline, closing)) {
            Optional<AVInputFormat> reader = reader(image);
            return reader.isEmpty()
                    ? null
                    : decoded(FfmpegInput.openImage(settings, "file:" + image, reader.get(), limit), limit);
        } catch (VideoException | IOException e) {
            return null;
        }
    }

    private static Optional<AVInputFormat> reader(Path image) throws IOException {
        byte[] first;
        try (InputStream in = Files.newInputStream(image)) {
            first = in.readNBytes(LONGEST_BEGINNING);
        }
        String beginning = new String(first, StandardCharsets.ISO_8859_1);
        return KINDS.stream()
                .filter(kind -> kind.beginning().matcher(beginning).lookingAt())
                .findFirst()
                .map(kind -> av_find_input_format(kind.reader()));
    }

    private static @Nullable FfmpegInput decoded(FfmpegInput input, BlockedCalls.Limit limit) throws VideoException {
        boolean whole = false;
        try {
            whole = input.decode(limit) == FfmpegInput.Step.FRAME;
            return whole ? input : null;
        } finally {
            if (!whole) {
                input.close();
            }
        }
    }
}
