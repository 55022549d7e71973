package io.sightline.engine.packet;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Packets as the pieces of a fragmented MP4, as Media Source Extensions take them: a beginning, then fragments that
 * follow each other without a gap, also where packets were left out before a key frame. One thread at a time.
 */
public final class FragmentedMp4 implements AutoCloseable {
    private final Mp4Muxer muxer;
    private final byte[] beginning;
    private long origin;
    private long last = Long.MIN_VALUE;
    private long step;
    private final long usualStep;

    /** @throws IllegalArgumentException if nothing can be made of this stream */
    public FragmentedMp4(StreamFormat stream) {
        usualStep = stream.tick().ticks(Mp4Muxer.USUAL_LENGTH);
        step = usualStep;
        Mp4Muxer opened = null;
        try {
            opened = new Mp4Muxer(stream, Optional.empty(), "+frag_custom+empty_moov+default_base_moof");
            beginning = opened.take();
            muxer = opened;
        } catch (IOException e) {
            if (opened != null) {
                opened.close();
            }
            throw new IllegalArgumentException(stream + " cannot be made an MP4: " + e.getMessage(), e);
        }
    }

    /** The beginning (initialisation segment); the caller may not change it. */
    public byte[] beginning() {
        return beginning;
    }

    /**
     * @param packets in order, at least one
     * @param jumped whether packets are missing before the first of them, which is a key frame then
     * @throws IOException if FFmpeg refuses them
     */
    public byte[] fragment(List<EncodedPacket> packets, boolean jumped) throws IOException {
        EncodedPacket first = packets.get(0);
        if (last == Long.MIN_VALUE) {
            origin = first.dts();
        } else if (jumped) {
            origin += first.dts() - last - step;
            last = first.dts() - step;
        }
        for (EncodedPacket packet : packets) {
            step = last == Long.MIN_VALUE ? usualStep : packet.dts() - last;
            last = packet.dts();
            muxer.write(packet, origin, step);
        }
        return muxer.take();
    }

    @Override
    public void close() {
        muxer.close();
    }
}
