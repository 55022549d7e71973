package io.sightline.hub.changes;

import io.sightline.hub.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder with one file for each secret that the hub keeps (mode 0600). A changed secret gets a new name, so that what
 * refers to it changes too and earlier versions keep theirs; what nothing refers to any more is removed. One thread.
 */
final class SecretStore {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{file:([A-Za-z0-9_][A-Za-z0-9._-]*)}");
    private static final Pattern OURS = Pattern.compile("hub-[A-Za-z0-9._-]+-[0-9a-f]{8}");
    private static final int LONGEST_PLACE = 100;
    private static final int RANDOM_BYTES = 4;

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    SecretStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Keeps a secret; one that is there already under this place is used again.
     *
     * @param place where it belongs, for people who look into the folder
     * @return the reference that stands for it in sightline.yaml
     * @throws ChangeRefusedException if the folder cannot be written
     */
    String keep(List<String> place, String secret) {
        String words = String.join("-", place).replaceAll("[^A-Za-z0-9._-]", "_");
        String begin = "hub-" + words.substring(0, Math.min(words.length(), LONGEST_PLACE)) + "-";
        String name = names().stream()
                .filter(known -> known.startsWith(begin) && known.length() == begin.length() + 2 * RANDOM_BYTES)
                .filter(known -> content(known).filter(secret::equals).isPresent())
                .findFirst()
                .orElseGet(() -> write(begin + random(), secret));
        return "${file:" + name + "}";
    }

    /** Names that a text refers to. */
    static Set<String> references(String text) {
        return REFERENCE.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    /** Takes over from another folder what a text refers to and is not here. */
    void copyMissing(SecretStore other, String text) {
        for (String name : references(text)) {
            if (OURS.matcher(name).matches() && !Files.exists(folder.resolve(name))) {
                other.content(name).ifPresent(secret -> write(name, secret));
            }
        }
    }

    /** Removes what the hub made and nobody refers to. */
    void keepOnly(Set<String> names) {
        for (String name : names()) {
            if (!names.contains(name)) {
                try {
                    Files.deleteIfExists(folder.resolve(name));
                } catch (IOException e) {
                    throw refused(e);
                }
            }
        }
    }

    private List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> OURS.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private Optional<String> content(String name) {
        try {
            return Optional.of(Files.readString(folder.resolve(name)).stripTrailing());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String write(String name, String secret) {
        try {
            AtomicFile.writeSecret(folder.resolve(name), (secret + "\n").getBytes(StandardCharsets.UTF_8));
            return name;
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private ChangeRefusedException refused(IOException e) {
        return ChangeRefusedException.conflict(folder + ": secrets cannot be kept there ("
                + e.getClass().getSimpleName() + "); give the user of the hub the right to write in it");
    }

    private String random() {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
