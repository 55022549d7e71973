package io.sightline.engine.video;

import io.sightline.engine.net.AddressSecrets;
import io.sightline.engine.net.Tls;
import io.sightline.engine.usb.UsbAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where pictures come from and how they are read.
 *
 * @param name who asks, for messages, for example {@code camera gate}
 * @param address {@code demo:}, {@code file:} (a file or a folder of images), {@code folder:} (images that come in),
 *     {@code v4l2:} (a USB camera), {@code http:}, {@code https:}, {@code rtsp:} or {@code rtsps:}; never with a login in it
 * @param login user name and password of a camera on the network
 * @param transport how RTSP carries pictures
 * @param silenceLimit how long a server may keep us waiting while connecting, 100 ms to 10 min
 * @param looping a file or folder starts again after its last picture
 * @param realtime a file, a folder or the demo scene gives its pictures at their own speed, otherwise at once
 * @param access what else matters of the way to a camera on the network
 * @param decode what is decoded of it, and by whom
 */
public record VideoSettings(
        String name,
        String address,
        Optional<Login> login,
        Transport transport,
        Duration silenceLimit,
        boolean looping,
        boolean realtime,
        Access access,
        Decode decode) {

    /** Why there are no cameras of GigE Vision. */
    public static final String NO_GIGE =
            "GigE Vision is not in this build: neither its FFmpeg nor its OpenCV can read it;"
                    + " take the camera's RTSP stream, or let a GenICam program write to a v4l2loopback device or a folder";

    /** How RTSP carries pictures. */
    public enum Transport {
        TCP,
        UDP,
        /** In an HTTP tunnel. */
        HTTP
    }

    /**
     * How a camera on the network is reached.
     *
     * @param tls which certificate it must show, for {@code https:} and {@code rtsps:}
     * @param picturesPerSecond how often a camera that gives single pictures is asked, at most; above 0
     */
    public record Access(Tls tls, double picturesPerSecond) {
        /** Trusts the issuers that come with Java; five pictures per second. */
        public static final Access STANDARD = new Access(Tls.STANDARD, 5);

        public Access {
            if (!(picturesPerSecond > 0)) {
                throw new IllegalArgumentException(
                        "picturesPerSecond: got " + picturesPerSecond + ", allowed are values above 0");
            }
        }
    }

    /**
     * What is decoded of a stream, and by whom.
     *
     * @param frames which pictures
     * @param framesPerSecond pictures that are wanted, for {@link Frames#AUTO}; 0: all
     * @param shrink 1, 2, 4 or 8: pictures so much smaller, where the codec can be decoded so (JPEG, MPEG-2, MPEG-4 part
     *     2, not H.264 or H.265); the others stay as they are
     * @param threads of the decoder, 1 to 16; with more than one, pictures come as many pictures later
     * @param hardware what decodes
     */
    public record Decode(Frames frames, double framesPerSecond, int shrink, int threads, Hardware hardware) {
        /** Every picture, in full size, by one thread. */
        public static final Decode EVERYTHING = new Decode(Frames.ALL, 0, 1, 1, Hardware.NONE);

        private static final int MOST_THREADS = 16;
        private static final int SMALLEST = 8;

        public Decode {
            if (framesPerSecond < 0 || threads < 1 || threads > MOST_THREADS) {
                throw new IllegalArgumentException("decode: got framesPerSecond " + framesPerSecond + " and threads "
                        + threads + ", allowed are framesPerSecond from 0 and 1 to 16 threads");
            }
            if (shrink < 1 || shrink > SMALLEST || Integer.bitCount(shrink) != 1) {
                throw new IllegalArgumentException("decode: got shrink " + shrink + ", allowed are 1, 2, 4 and 8");
            }
        }

        public Decode wanting(double newFramesPerSecond) {
            return new Decode(frames, newFramesPerSecond, shrink, threads, hardware);
        }
    }

    /** Which pictures are decoded. */
    public enum Frames {
        /** All, or only those that others need, where that leaves at least twice as many as are wanted. */
        AUTO,
        ALL,
        /** Those that others need. */
        REFERENCE,
        /** Those that need no other: one every few seconds. */
        KEY
    }

    /** What decodes. */
    public enum Hardware {
        /** The processor. */
        NONE,
        /** What is there, else the processor. */
        AUTO,
        CUDA,
        VAAPI,
        D3D11VA,
        VIDEOTOOLBOX
    }

    /** Does not show its password. */
    public record Login(String username, String password) {
        @Override
        public String toString() {
            return "Login[…]";
        }
    }

    /** The kinds of source, by the scheme of their address. */
    public enum Scheme {
        DEMO,
        FILE,
        HTTP,
        HTTPS,
        FOLDER,
        V4L2,
        RTSP,
        RTSPS;

        /** A camera: pictures come when it sends them, and it is gone when none come. */
        public boolean live() {
            return this != DEMO && this != FILE && this != FOLDER;
        }

        /** Reached by an address on the network. */
        public boolean network() {
            return live() && this != V4L2;
        }

        /** Pictures that somebody brings: each is looked at, however long that takes. */
        public boolean everyPicture() {
            return this == FOLDER;
        }
    }

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public VideoSettings {
        List<String> problems = new ArrayList<>(addressProblems(address));
        if (silenceLimit.compareTo(SHORTEST) < 0 || silenceLimit.compareTo(LONGEST) > 0) {
            problems.add("silenceLimit: got " + silenceLimit + ", allowed are 100 ms to 10 min");
        }
        login.ifPresent(given -> RtspAddress.problem(given).ifPresent(problems::add));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(name + ": " + String.join("; ", problems));
        }
    }

    /** A source with the defaults: TCP, 10 s of silence, once, as fast as possible. */
    public static VideoSettings of(String name, String address) {
        return new VideoSettings(
                name,
                address,
                Optional.empty(),
                Transport.TCP,
                Duration.ofSeconds(10),
                false,
                false,
                Access.STANDARD,
                Decode.EVERYTHING);
    }

    public VideoSettings with(Login newLogin) {
        return new VideoSettings(
                name, address, Optional.of(newLogin), transport, silenceLimit, looping, realtime, access, decode);
    }

    public VideoSettings with(Transport newTransport) {
        return new VideoSettings(name, address, login, newTransport, silenceLimit, looping, realtime, access, decode);
    }

    public VideoSettings with(Duration newSilenceLimit) {
        return new VideoSettings(name, address, login, transport, newSilenceLimit, looping, realtime, access, decode);
    }

    public VideoSettings playing(boolean newLooping, boolean newRealtime) {
        return new VideoSettings(
                name, address, login, transport, silenceLimit, newLooping, newRealtime, access, decode);
    }

    public VideoSettings with(Access newAccess) {
        return new VideoSettings(name, address, login, transport, silenceLimit, looping, realtime, newAccess, decode);
    }

    public VideoSettings with(Decode newDecode) {
        return new VideoSettings(name, address, login, transport, silenceLimit, looping, realtime, access, newDecode);
    }

    /** Another stream of the same camera. */
    public VideoSettings at(String newAddress) {
        return new VideoSettings(name, newAddress, login, transport, silenceLimit, looping, realtime, access, decode);
    }

    /** Whether pictures come in datagrams; never where TLS was asked for, which would not cover them. */
    boolean overUdp() {
        return scheme() == Scheme.RTSP && transport == Transport.UDP;
    }

    /** Whether the camera's certificate is not checked at all. */
    public boolean unverified() {
        boolean secure = scheme() == Scheme.HTTPS || scheme() == Scheme.RTSPS;
        return secure && !access.tls().verify();
    }

    public Scheme scheme() {
        return Scheme.valueOf(schemeOf(address).toUpperCase(Locale.ROOT));
    }

    /** The address as it may be shown: without query, fragment and passwords in its path, as some makers want them. */
    public String shownAddress() {
        int end = address.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = address.indexOf(mark);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return switch (scheme()) {
            case FILE -> address;
            case FOLDER -> FolderAddress.parse(address).shown();
            default -> AddressSecrets.hidden(address.substring(0, end));
        };
    }

    /** What is wrong with this address, each as a sentence that does not repeat it; empty if it can be opened. */
    public static List<String> addressProblems(String address) {
        String scheme = schemeOf(address);
        return switch (scheme) {
            case "demo" -> DemoScene.problem(address).stream().toList();
            case "file" ->
                address.length() > "file:".length() ? List.of() : List.of("uri: 'file:' must be followed by a path");
            case "folder" -> FolderAddress.problem(address).stream().toList();
            case "v4l2" -> usbProblems(address);
            case "gige" -> List.of("uri: " + NO_GIGE);
            case "http", "https", "rtsp", "rtsps" -> networkProblems(address);
            default ->
                List.of("uri: got "
                        + (scheme.isEmpty() ? "no scheme" : "scheme '" + scheme + "'")
                        + ", allowed are demo:, file:, folder:, v4l2:, http:, https:, rtsp: and rtsps:");
        };
    }

    private static List<String> usbProblems(String address) {
        try {
            UsbAddress.parse(address);
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of("uri: " + e.getMessage());
        }
    }

    private static List<String> networkProblems(String address) {
        try {
            URI uri = new URI(address);
            if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
                return List.of("uri: must not hold a login, give username and password instead");
            }
            Optional<String> doubt = AddressSecrets.doubt(address);
            if (doubt.isPresent()) {
                return List.of("uri: got an address that is not shown, allowed " + doubt.get());
            }
            return uri.getHost() == null
                    ? List.of("uri: must name a host, for example rtsp://192.0.2.10:554/stream")
                    : List.of();
        } catch (URISyntaxException e) {
            return List.of("uri: is no valid address at character " + (e.getIndex() + 1) + " (" + e.getReason() + ")");
        }
    }

    private static String schemeOf(String address) {
        int colon = address.indexOf(':');
        return colon < 1 ? "" : address.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "VideoSettings[" + name + "]";
    }
}
