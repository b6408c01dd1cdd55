package dev.tacet.sidecar.source;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Gathers a response's body, and hangs up when it grows past a bound. */
final class BoundedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final long most;
    private Flow.@Nullable Subscription subscription;
    private long seen;

    BoundedBody(long most) {
        this.most = most;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        whole.onSubscribe(given);
        whole.getBody().whenComplete((bytes, trouble) -> {
            if (trouble == null) {
                body.complete(bytes);
            } else {
                body.completeExceptionally(trouble);
            }
        });
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            seen += buffer.remaining();
        }
        if (seen <= most) {
            whole.onNext(buffers);
        } else {
            if (subscription != null) {
                subscription.cancel();
            }
            body.completeExceptionally(new MalformedAnswerException());
        }
    }

    @Override
    public void onError(Throwable trouble) {
        whole.onError(trouble);
    }

    @Override
    public void onComplete() {
        whole.onComplete();
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }
}
