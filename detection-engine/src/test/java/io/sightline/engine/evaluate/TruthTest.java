package io.sightline.engine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruthTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadWhatLabellingToolsAndChallengesWrite() throws Exception {
        Path file = write(
                "\uFEFF# a comment",
                "",
                "1,9,499,158,31.03,75.17,1,-4.1554,-7.3591,0",
                " 1 , 2 , 1e1 , -3 , 4 , 5 , 0 , 1 , 0.86\r",
                "3.0,9,1,2,3,4");

        Truth truth = Truth.read(file);

        assertThat(truth.lastFrame()).isEqualTo(3);
        assertThat(truth.labelled()).isFalse();
        assertThat(truth.rows().in(1)).hasSize(2).extracting(Row::counts).containsExactly(true, false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,1,10,20,30                  | got 5 columns in '1,1,10,20,30', needed are 6 to 10: frame,id,x,y,width
            1 1 10 20 30 40               | got 1 column in '1 1 10 20 30 40', needed
            1,1,10,20,30,40,1,1,1,1,1     | got 11 columns
            frame,id,x,y,w,h              | frame: got 'frame', must be a number
            1,1,NaN,20,30,40              | x: got 'NaN', must be a number
            1,1,10,Infinity,30,40         | y: got 'Infinity', must be a number
            1,1,10,20,-30,40              | width: got -30, must be more than 0
            1,1,10,20,30,0                | height: got 0, must be more than 0
            0,1,10,20,30,40               | frame: got 0, frames count from 1
            1.5,1,10,20,30,40             | frame: got 1.5, must be a whole number
            99999999999,1,10,20,30,40     | frame: got 99999999999, must be a whole number below 2147483648
            1,1,10,20,30,40,yes           | flag: got 'yes', must be a number
            """)
    void shouldSayWhatIsWrongWithALine(String line, String problem) throws IOException {
        Path file = write("2,1,10,20,30,40,1", line);

        assertThatThrownBy(() -> Truth.read(file))
                .isInstanceOf(TruthException.class)
                .hasMessageStartingWith(file + ":2: " + problem);
    }

    @Test
    void shouldSayAllThatIsWrongUpToALimit() throws IOException {
        Path some = write("a,1,1,1,1,1", "1,1,1,1,1,1", "1,b,1,1,1,1");

        assertThatThrownBy(() -> Truth.read(some)).message().hasLineCount(2).contains(some + ":1:", some + ":3:");

        Path many = write(Collections.nCopies(1000, "nothing").toArray(String[]::new));

        assertThatThrownBy(() -> Truth.read(many)).message().hasLineCount(10);
    }

    @Test
    void shouldRefuseOneObjectTwiceInAFrame() throws IOException {
        Path file = write("1,4,10,20,30,40,1", "1,4,50,20,30,40,0", "1,4,90,20,30,40,1");

        assertThatThrownBy(() -> Truth.read(file))
                .hasMessage(file + ":3: frame 1 has id 4 twice, first in line 1; give each object a number of its own");
    }

    @Test
    void shouldRefuseFilesThatHoldNoTruth() throws IOException {
        Path empty = write();
        Path picture = Files.write(folder.resolve("picture.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, 0, 1});
        Path zeros = Files.write(folder.resolve("zeros"), new byte[100]);
        Path missing = folder.resolve("missing.txt");

        assertThatThrownBy(() -> Truth.read(empty))
                .hasMessageStartingWith(empty + ": holds no box; a line is frame,id");
        assertThatThrownBy(() -> Truth.read(picture)).hasMessage(picture + ": is not text in UTF-8");
        assertThatThrownBy(() -> Truth.read(zeros)).hasMessage(zeros + ":1: is not text");
        assertThatThrownBy(() -> Truth.read(missing)).hasMessage(missing + ": there is no such file");
        assertThatThrownBy(() -> Truth.read(folder)).hasMessageStartingWith(folder + ": cannot be read: ");
    }

    @Test
    void shouldRefuseFramesThatTheRecordingDoesNotHave() throws Exception {
        Path file = write("1,1,10,20,30,40,1", "12,1,10,20,30,40,1", "12,2,10,20,30,40,1");
        Truth truth = Truth.read(file);

        assertThatCode(() -> truth.requireWithin(12)).doesNotThrowAnyException();
        assertThatThrownBy(() -> truth.requireWithin(11))
                .hasMessage(
                        file + ":2: frame 12, but the recording has only 11; is this the truth of another recording?");
    }

    @Test
    void shouldNameClassesAsTheFileBesideItDoes() throws Exception {
        Files.write(folder.resolve("labels.txt"), List.of("person", "car"));

        Truth truth = Truth.read(write("1,1,10,20,30,40,1,2,1.0", "1,2,10,20,30,40,1,1,1.0", "1,3,10,20,30,40"));

        assertThat(truth.labelled()).isTrue();
        assertThat(truth.rows().in(1)).extracting(Row::label).containsExactly("car", "person", "");
        Path wrong = write("1,1,10,20,30,40,1,3,1.0");
        assertThatThrownBy(() -> Truth.read(wrong))
                .hasMessage(wrong + ":1: class: got 3, labels.txt beside it names 1 to 2");
    }

    private Path write(String... lines) throws IOException {
        return Files.write(folder.resolve("gt.txt"), List.of(lines));
    }
}
