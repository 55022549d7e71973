package io.sightline.hub.files;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code , did you mean 'x'}, or nothing where no word is near. */
    public static String text(String got, Collection<String> allowed) {
        return nearest(got, allowed)
                .map(word -> ", did you mean '" + word + "'")
                .orElse("");
    }

    /** The nearest word, if no more than a third of it has to be changed. */
    public static Optional<String> nearest(String got, Collection<String> allowed) {
        String wanted = plain(got);
        if (wanted.length() > 80) {
            return Optional.empty();
        }
        return allowed.stream()
                .filter(word ->
                        distance(wanted, plain(word)) <= Math.max(1, Math.max(wanted.length(), word.length()) / 3))
                .min(Comparator.<String>comparingInt(word -> distance(wanted, plain(word)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Letters to insert, delete, change or swap with their neighbour. */
    static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : cheapest(steps, from, to, new int[] {i, j});
            }
        }
        return steps[from.length()][to.length()];
    }

    private static int cheapest(int[][] steps, String from, String to, int[] at) {
        int i = at[0];
        int j = at[1];
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int best = Math.min(steps[i - 1][j - 1] + change, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
    }
}
