package io.sightline.camera.objects;

import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoException.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import tel.schich.javacan.CanChannels;
import tel.schich.javacan.CanFilter;
import tel.schich.javacan.CanFrame;
import tel.schich.javacan.CanSocketOptions;
import tel.schich.javacan.NetworkDevice;
import tel.schich.javacan.RawCanChannel;
import tel.schich.javacan.platform.linux.LinuxNativeOperationException;

/** Lists over SocketCAN. Only the two identifiers of the camera get as far as this process. */
final class CanObjects implements ObjectSource {
    private static final Duration LOOK_UP = Duration.ofMillis(100);
    private static final int EXTENDED = 0x8000_0000;
    private static final int REMOTE = 0x4000_0000;
    private static final int STANDARD_BITS = 0x7ff;
    private static final int EXTENDED_BITS = 0x1fff_ffff;

    private final String camera;
    private final ObjectsAddress address;
    private final RawCanChannel channel;
    private final CanLists lists;

    private CanObjects(String camera, ObjectsAddress address, RawCanChannel channel) {
        this.camera = camera;
        this.address = address;
        this.channel = channel;
        this.lists = new CanLists(address.labels());
    }

    static CanObjects open(String camera, ObjectsAddress address) throws VideoException {
        try {
            RawCanChannel channel = CanChannels.newRawChannel(NetworkDevice.lookup(address.host()));
            try {
                channel.setOption(CanSocketOptions.SO_RCVTIMEO, LOOK_UP);
                channel.setOption(
                        CanSocketOptions.FILTER,
                        new CanFilter[] {filter(address, address.id()), filter(address, address.id() + 1)});
                return new CanObjects(camera, address, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new VideoException(
                    Cause.UNREADABLE,
                    camera + ": the CAN interface " + address.host() + " cannot be opened (" + e.getMessage()
                            + "); is it there and up: 'ip link set " + address.host()
                            + " up type can bitrate 500000'?");
        } catch (LinkageError e) {
            throw new VideoException(Cause.UNREADABLE, camera + ": CAN needs Linux on an x86-64 or ARM64 processor");
        }
    }

    private static CanFilter filter(ObjectsAddress address, int id) {
        return address.extended()
                ? new CanFilter(id | EXTENDED, EXTENDED_BITS | EXTENDED | REMOTE)
                : new CanFilter(id, STANDARD_BITS | EXTENDED | REMOTE);
    }

    @Override
    public Optional<SentList> next(Duration patience) throws ListException, VideoException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<CanFrame> frame = read();
            if (frame.isPresent()) {
                Optional<SentList> list = take(frame.get());
                if (list.isPresent()) {
                    return list;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<CanFrame> read() throws VideoException {
        try {
            return Optional.of(channel.read());
        } catch (LinuxNativeOperationException e) {
            if (e.mayTryAgain()) {
                return Optional.empty();
            }
            throw lost(e);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private VideoException lost(IOException e) {
        return new VideoException(
                Cause.LOST, camera + ": the CAN interface " + address.host() + " is gone (" + e.getMessage() + ")");
    }

    private Optional<SentList> take(CanFrame frame) throws ListException {
        byte[] data = new byte[frame.getDataLength()];
        frame.getData(data, 0, data.length);
        return frame.getId() == address.id() ? lists.begin(data) : lists.object(data);
    }

    @Override
    public long dropped() {
        return 0;
    }

    /** Called by the thread that reads: a handle that is closed during a read could be somebody else's by then. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
