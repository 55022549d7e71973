package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_RAWVIDEO;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_stream_get_parser;

import org.bytedeco.ffmpeg.avcodec.AVCodecParserContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;

/**
 * Reads packets, none of which is larger than an encoded picture can be. FFmpeg puts a picture together from what comes,
 * and would go on for as long as its end is missing; of live sources it is looked at while FFmpeg waits for more. Native
 * memory stays the caller's. One thread.
 */
final class BoundedPackets {
    /**
     * Bytes: as much as a JPEG may have, which is coded least of all, and twice what H.264 allows a picture of 4096x2304
     * (ITU-T H.264, A.3.1: 36 864 blocks of 384 bytes, halved).
     */
    static final int LARGEST = JpegSplitter.LARGEST;

    /** FFmpeg asks several times for each packet of the network, of 64 KiB at most: so a look each megabyte or so. */
    private static final int ASKED_BETWEEN_LOOKS = 64;

    private final VideoSettings settings;
    private int asked;
    private boolean exceeded;

    BoundedPackets(VideoSettings settings) {
        this.settings = settings;
    }

    /**
     * Reads the next packet.
     *
     * @return negative where FFmpeg read none
     * @throws VideoException if it is too large, or would be; close the source
     */
    int read(AVFormatContext format, AVPacket packet, BlockedCalls.Limit limit) throws VideoException {
        watch(format, limit);
        int code = av_read_frame(format, packet);
        boolean large = code >= 0 && packet.size() > LARGEST && isEncoded(format, packet);
        if (large) {
            av_packet_unref(packet);
            exceeded = true;
        }
        refuse();
        return code;
    }

    /** As {@link FfmpegOptions#findStreamInfo}, which reads packets as well. */
    int findStreamInfo(AVFormatContext format, BlockedCalls.Limit limit) throws VideoException {
        watch(format, limit);
        int code = FfmpegOptions.findStreamInfo(settings, format);
        refuse();
        return code;
    }

    /** Ends FFmpeg's waiting under this limit when a picture becomes too large. */
    private void watch(AVFormatContext format, BlockedCalls.Limit limit) {
        if (settings.scheme().network()) {
            limit.endedAlsoBy(() -> exceeds(format));
        }
    }

    private void refuse() throws VideoException {
        if (exceeded) {
            throw FfmpegErrors.unreadable(
                    settings, ": sends a picture of more than " + (LARGEST >> 20) + " MiB, which is the most allowed");
        }
    }

    /** Pictures as they are, of a USB camera or in a file, may be larger; so may images that somebody brings. */
    private boolean isEncoded(AVFormatContext format, AVPacket packet) {
        return !settings.scheme().everyPicture()
                && format.streams(packet.stream_index()).codecpar().codec_id() != AV_CODEC_ID_RAWVIDEO;
    }

    private boolean exceeds(AVFormatContext format) {
        asked++;
        if (asked % ASKED_BETWEEN_LOOKS == 0) {
            exceeded |= gathered(format) > LARGEST;
        }
        return exceeded;
    }

    /** Bytes of pictures that are not complete. */
    private static long gathered(AVFormatContext format) {
        long bytes = 0;
        for (int i = 0; i < format.nb_streams(); i++) {
            AVCodecParserContext parser = av_stream_get_parser(format.streams(i));
            bytes += parser == null ? 0 : Math.max(0, parser.cur_offset() - parser.next_frame_offset());
        }
        return bytes;
    }
}
