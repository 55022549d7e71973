package io.sightline.hub.discovery;

import io.sightline.engine.usb.UsbCamera;
import io.sightline.engine.usb.UsbCameras;
import io.sightline.hub.discovery.DiscoveredCamera.Kind;
import io.sightline.hub.discovery.DiscoveredCamera.Proposal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks for cameras, one search at a time: who asks meanwhile waits, and gets what that search found. Any thread. */
public final class CameraDiscovery {
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** Paths of the small stream, by a word in the name or model that the maker gives; from the makers' manuals. */
    private static final Map<String, String> PATHS = Map.of(
            "axis", "/axis-media/media.amp?videocodec=h264&resolution=640x360",
            "hikvision", "/Streaming/Channels/102",
            "dahua", "/cam/realmonitor?channel=1&subtype=1",
            "reolink", "/h264Preview_01_sub");

    private final Supplier<List<UsbCamera>> usb;
    private final InetSocketAddress group;
    private final Supplier<List<InetAddress>> sources;
    private List<DiscoveredCamera> last = List.of();
    private long lastEnded;
    private boolean searched;

    /** Searches this machine and its networks. */
    public CameraDiscovery() {
        this(() -> new UsbCameras().list(), OnvifProbe.GROUP, OnvifProbe::sources);
    }

    /**
     * @param group where devices are asked
     * @param sources addresses of this machine to ask from
     */
    CameraDiscovery(Supplier<List<UsbCamera>> usb, InetSocketAddress group, Supplier<List<InetAddress>> sources) {
        this.usb = usb;
        this.group = group;
        this.sources = sources;
    }

    /**
     * Searches, or tells what a search found that ended a moment ago.
     *
     * @param patience how long devices on the network may take to answer
     * @return USB cameras first
     */
    public synchronized List<DiscoveredCamera> search(Duration patience) throws InterruptedException {
        if (searched && System.nanoTime() - lastEnded < FRESH.toNanos()) {
            return last;
        }
        var found = new ArrayList<DiscoveredCamera>();
        usb.get().forEach(camera -> found.add(usbCamera(camera)));
        var answers = new OnvifProbe(group).run(sources.get(), patience);
        OnvifProbe.byEndpoint(answers).values().forEach(answer -> onvif(answer).ifPresent(found::add));
        last = apart(found);
        lastEnded = System.nanoTime();
        searched = true;
        return last;
    }

    /** Of cameras with one name each gets an id of its own: the second ends in -2. */
    static List<DiscoveredCamera> apart(List<DiscoveredCamera> found) {
        var times = new HashMap<String, Integer>();
        return found.stream()
                .map(camera -> {
                    Proposal proposal = camera.proposal();
                    int time = times.merge(proposal.id(), 1, Integer::sum);
                    return time == 1 ? camera : camera.with(new Proposal(proposal.id() + "-" + time, proposal.uri()));
                })
                .toList();
    }

    static DiscoveredCamera usbCamera(UsbCamera camera) {
        String address = camera.address();
        String model = camera.problem()
                .orElseGet(() -> String.join(
                        ", ",
                        camera.formats().stream()
                                .limit(12)
                                .map(format -> format.text())
                                .toList()));
        return new DiscoveredCamera(
                Kind.USB,
                Words.shown(camera.name()),
                address,
                address.substring("v4l2:".length()),
                model,
                new Proposal(id(camera.name()), address));
    }

    /** @return empty where the device names no address that can be used */
    static Optional<DiscoveredCamera> onvif(OnvifProbe.Answer answer) {
        ProbeMatch match = answer.match();
        String name = match.scope("name").orElse("ONVIF device");
        String model = match.scope("hardware").orElse("");
        return service(answer).map(service -> {
            String stream = "rtsp://" + service.getHost() + path(name + " " + model);
            return new DiscoveredCamera(
                    Kind.ONVIF, name, service.toString(), match.endpoint(), model, new Proposal(id(name), stream));
        });
    }

    private static String path(String who) {
        String lower = who.toLowerCase(Locale.ROOT);
        return PATHS.entrySet().stream()
                .filter(maker -> lower.contains(maker.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("/PATH-OF-ITS-SMALL-STREAM");
    }

    /** The address from which it answered, if it names that one; else the first that is not link-local. */
    private static Optional<URI> service(OnvifProbe.Answer answer) {
        List<URI> all = answer.match().addresses().stream()
                .flatMap(text -> web(text).stream())
                .toList();
        String sender = answer.sender().getHostAddress();
        return all.stream()
                .filter(uri -> uri.getHost().equals(sender))
                .findFirst()
                .or(() -> all.stream()
                        .filter(uri -> !uri.getHost().startsWith("169.254.")
                                && !uri.getHost().startsWith("["))
                        .findFirst())
                .or(() -> all.stream().findFirst());
    }

    private static Optional<URI> web(String text) {
        try {
            URI uri = URI.create(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return Optional.of(uri)
                    .filter(any -> web && any.getHost() != null && any.getUserInfo() == null && text.length() <= 300);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A name as an id of the configuration. */
    static String id(String name) {
        String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return id.isEmpty()
                ? "camera"
                : id.substring(0, Math.min(40, id.length())).replaceAll("-+$", "");
    }
}
