package io.sightline.engine.scene;

import io.sightline.engine.track.Track;
import io.sightline.engine.video.FrameInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The zones and lines of one camera, and who is where in them. Used by one thread; frames in the order of capture. */
public final class Scene {
    private final SceneSettings settings;
    private final Visitor.Drawn drawn;
    private final Map<Integer, Visitor> visitors = new HashMap<>();
    private final Set<Integer> gone = new HashSet<>();
    private final LostOnes lost = new LostOnes();
    private final Map<String, Map<String, LineCount>> counts = new LinkedHashMap<>();
    private final Map<Integer, GroundMotion> motions = new HashMap<>();
    private final Optional<NearMisses> nearMisses;

    public Scene(SceneSettings settings) {
        this.settings = settings;
        this.drawn = new Visitor.Drawn(settings.zones().stream().map(Crowd::new).toList(), settings.lines());
        this.nearMisses = settings.nearMiss().map(NearMisses::new);
        settings.lines().forEach(line -> counts.put(line.id(), new LinkedHashMap<>()));
    }

    /** @throws IllegalArgumentException if one cannot be used, see {@link SceneProblems}; names all problems */
    public Scene(List<Zone> zones, List<Line> lines) {
        this(new SceneSettings(zones, lines));
    }

    public SceneSettings settings() {
        return settings;
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
            move(track, now, changes);
        }
        for (Track track : ended) {
            end(track, now, changes);
        }
        drawn.crowds().forEach(crowd -> crowd.look(now.at(), changes));
        nearMisses.ifPresent(
                watch -> watch.look(active.stream().filter(Track::seen).toList(), motions, changes));
        changes.forEach(this::count);
        return changes;
    }

    private void move(Track track, Visitor.Moment now, List<SceneChange> changes) {
        if (!track.seen()) {
            var visitor = visitors.get(track.id());
            if (visitor != null) {
                visitor.unseen(track);
            }
            return;
        }
        var visitor = visitors.get(track.id());
        if (visitor == null) {
            visitor = new Visitor(track);
            lost.find(track, visitors.values(), now).ifPresent(visitor::takeOver);
            visitors.put(track.id(), visitor);
        }
        visitor.move(track, drawn, now, changes);
        settings.ground()
                .flatMap(ground -> ground.at(Visitor.standing(track.box(), now.size())))
                .ifPresent(place -> motions.computeIfAbsent(track.id(), id -> new GroundMotion())
                        .add(place, now.at()));
    }

    private void end(Track track, Visitor.Moment now, List<SceneChange> changes) {
        var visitor = visitors.computeIfAbsent(track.id(), id -> new Visitor(track));
        visitor.end(track, changes);
        lost.add(visitor, now.at());
        gone.add(track.id());
        motions.remove(track.id());
    }

    private void count(SceneChange change) {
        if (change instanceof SceneChange.Crossed crossed) {
            counts.get(crossed.line())
                    .merge(crossed.track().label(), LineCount.NONE.plus(crossed.direction()), LineCount::plus);
        }
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

    /** Metres per second of a track over the last moments; empty without a calibrated ground, or before it is known. */
    public OptionalDouble speedOf(int trackId) {
        var motion = motions.get(trackId);
        return motion == null ? OptionalDouble.empty() : motion.speed();
    }

    /** How many are in a zone now; 0 for one that is not here. */
    public int occupancy(String zoneId) {
        return drawn.crowds().stream()
                .filter(crowd -> crowd.zone().id().equals(zoneId))
                .mapToInt(Crowd::inside)
                .sum();
    }

    /** Crossings of a line by label, since this scene was made; empty before the first one. */
    public Map<String, LineCount> counts(String lineId) {
        return Map.copyOf(counts.getOrDefault(lineId, Map.of()));
    }

    /** Crossings of a line by all labels, since this scene was made. */
    public LineCount count(String lineId) {
        return counts(lineId).values().stream().reduce(LineCount.NONE, LineCount::plus);
    }
}
