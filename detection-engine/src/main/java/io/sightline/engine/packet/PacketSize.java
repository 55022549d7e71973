package io.sightline.engine.packet;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParserContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;

/** Asks FFmpeg's parser how large the picture of a packet is, without decoding it. */
final class PacketSize {
    private PacketSize() {}

    /** Pixels. */
    record Size(int width, int height) {}

    /**
     * @param codecId FFmpeg's number of H.264 or H.265
     * @param packet a key frame with its parameter sets
     */
    static Optional<Size> of(int codecId, byte[] packet) {
        AVCodecParserContext parser = av_parser_init(codecId);
        AVCodecContext context = avcodec_alloc_context3(null);
        try (var bytes = new BytePointer(packet.length + (long) AV_INPUT_BUFFER_PADDING_SIZE);
                var size = new IntPointer(1)) {
            bytes.zero();
            bytes.put(packet, 0, packet.length);
            parser.flags(parser.flags() | AVCodecParserContext.PARSER_FLAG_COMPLETE_FRAMES);
            var out = new BytePointer((Pointer) null);
            av_parser_parse2(parser, context, out, size, bytes, packet.length, AV_NOPTS_VALUE, AV_NOPTS_VALUE, 0);
            return parser.width() > 0 && parser.height() > 0
                    ? Optional.of(new Size(parser.width(), parser.height()))
                    : Optional.empty();
        } finally {
            av_parser_close(parser);
            avcodec_free_context(context);
        }
    }
}
