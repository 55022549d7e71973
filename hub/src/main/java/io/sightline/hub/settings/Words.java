package io.sightline.hub.settings;

import java.util.List;
import org.springframework.beans.BeanUtils;

/** The words that a key takes. */
final class Words {
    private Words() {}

    /** @return empty where any text is allowed */
    static List<String> of(Setting setting) {
        return setting.oneOf().length > 0
                ? List.of(setting.oneOf())
                : BeanUtils.instantiateClass(setting.wordsFrom()).get();
    }
}
