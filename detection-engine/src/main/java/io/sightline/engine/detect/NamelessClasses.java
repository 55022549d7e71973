package io.sightline.engine.detect;

import io.sightline.engine.model.Decoder;
import io.sightline.engine.model.MisfitException;
import io.sightline.engine.model.ModelAnswer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classes that a model tells and its list of labels does not reach. Most outputs tell by their shape how many classes
 * there are, and another list is refused; those that give each object the number of its class do not. What cannot be seen
 * when the model is loaded is left out and logged, once.
 */
final class NamelessClasses implements IntConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(NamelessClasses.class);

    private final String detectorId;
    private final Labels labels;
    private final AtomicBoolean told = new AtomicBoolean();

    NamelessClasses(String detectorId, Labels labels) {
        this.detectorId = detectorId;
        this.labels = labels;
    }

    /**
     * @param sample what the model told of a grey picture, however unsure it was
     * @return what is wrong; empty if each of these classes has a label
     * @throws MisfitException if the decoder cannot read the model
     */
    static Optional<String> problem(Decoder decoder, ModelAnswer sample, Labels labels) throws MisfitException {
        var highest = new AtomicInteger(-1);
        var all = new Decoder.Wanted(
                new boolean[labels.names().size()],
                Float.MIN_VALUE,
                number -> highest.accumulateAndGet(number, Math::max));
        decoder.fit(sample, all).read(sample, (score, label, box) -> {});
        return highest.get() < 0 ? Optional.empty() : Optional.of(sentence(highest.get(), labels));
    }

    private static String sentence(int number, Labels labels) {
        return "labels: the model tells class " + number + ", but " + labels.source() + " has "
                + labels.names().size()
                + " labels, for the classes from 0; allowed is a list with a label for every class";
    }

    @Override
    public void accept(int number) {
        if (!told.getAndSet(true)) {
            LOG.atWarn().addKeyValue("detectorId", detectorId).log(sentence(number, labels));
        }
    }
}
