package io.sightline.hub.store;

import io.sightline.hub.settings.StoreSettings;

class H2StoreIT extends StoreCases {
    @Override
    StoreSettings settings() {
        return Stores.h2();
    }
}
