package io.sightline.hub.routefiles;

import io.sightline.hub.files.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks route files without a hub: the same check that the start and the watch make.
 *
 * @param files how many there are
 * @param problems in the order of files and lines
 */
public record RouteFileCheck(int files, List<Problem> problems) {

    /**
     * Starts nothing, connects to nothing.
     *
     * @param sinks those of the configuration
     */
    public static RouteFileCheck of(RouteFolders folders, Path configFolder, List<ConfiguredSink> sinks) {
        Map<String, Path> files = folders.files();
        var check = new RouteCheck(new OfflineEnvironment(configFolder), folders.kamelets());
        RouteCheck.Result result = check.check(files);
        var problems = new ArrayList<>(result.problems());
        problems.addAll(check.check(sinks, result.files()));
        return new RouteFileCheck(files.size(), problems.stream().sorted().toList());
    }
}
