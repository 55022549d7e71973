package io.sightline.engine.scene;

import io.sightline.engine.track.Track;
import io.sightline.engine.video.FrameInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The zones and lines of one camera, and who is where in them. Used by one thread; frames in the order of capture. */
public final class Scene {
    private final Visitor.Drawn drawn;
    private final Map<Integer, Visitor> visitors = new HashMap<>();
    private final Set<Integer> gone = new HashSet<>();

    /** @throws IllegalArgumentException if one cannot be used, see {@link SceneProblems}; names all problems */
    public Scene(List<Zone> zones, List<Line> lines) {
        var problems = new ArrayList<String>();
        zones.forEach(zone -> SceneProblems.of(zone).forEach(p -> problems.add("zone '" + zone.id() + "': " + p)));
        lines.forEach(line -> SceneProblems.of(line).forEach(p -> problems.add("line '" + line.id() + "': " + p)));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        this.drawn = new Visitor.Drawn(List.copyOf(zones), List.copyOf(lines));
    }

    /**
     * Takes in where the tracks are after one frame. Those that the frame does not show stay where they were seen last.
     *
     * @param active all certain tracks that live on
     * @param ended those that ended with this frame; they leave their zones
     * @return what happened, in the order of the tracks
     */
    public List<SceneChange> update(List<Track> active, List<Track> ended, FrameInfo frame) {
        visitors.keySet().removeAll(gone);
        gone.clear();
        var now = new Visitor.Moment(frame.capturedAt(), new Geometry.Size(frame.width(), frame.height()));
        var changes = new ArrayList<SceneChange>();
        for (Track track : active) {
            if (track.seen()) {
                visitor(track).move(track, drawn, now, changes);
            }
        }
        for (Track track : ended) {
            visitor(track).end(track, changes);
            gone.add(track.id());
        }
        return changes;
    }

    /** Zones that a track is in, sorted; after its end, until the next update, those that it was in when seen last. */
    public List<String> zonesOf(int trackId) {
        var visitor = visitors.get(trackId);
        return visitor == null ? List.of() : visitor.zones();
    }

    /** Lines that a track has crossed, each once, in the order of its first crossing; as long as {@link #zonesOf}. */
    public List<String> linesCrossedBy(int trackId) {
        var visitor = visitors.get(trackId);
        return visitor == null ? List.of() : visitor.linesCrossed();
    }

    private Visitor visitor(Track track) {
        return visitors.computeIfAbsent(track.id(), id -> new Visitor());
    }
}
