package io.sightline.hub.webhooks;

class H2WebhookStoreIT extends WebhookStoreCases {
    @Override
    TestStore open() {
        return new TestStore("jdbc:h2:file:" + folder.resolve("store").toAbsolutePath(), "sa", "");
    }
}
