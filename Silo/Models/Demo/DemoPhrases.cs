namespace OrleansChat.Models.Demo;

/// <summary>
/// What the demo model says. Chosen to show a client everything that real replies contain: Markdown, code, emoji out of several
/// code points, and text that runs from right to left.
/// </summary>
internal static class DemoPhrases
{
    public const string Banner =
        """
        > **This is OrleansChat's built-in demo model.** It needs no key and no network, and it understands nothing: its replies are made
        > of ready sentences. To talk to a real model, set `OPENAI_API_KEY` and start again; for any other OpenAI-compatible
        > server, such as Ollama or vLLM, set `OPENAI_BASE_URL` and `OPENAI_MODEL` as well.
        """;

    public const string Syntax =
        """
        ## That directive is malformed 🤔

        A message can ask this demo model for something special with `[demo: …]`:

        - `stall`, `error` or `truncate`: fall silent, fail, or end without an end signal
        - `after=N`: where that happens, after 0 to 100000 tokens, 10 unless told
        - `tokens=N`: how long the reply is, 1 to 100000 tokens
        - `rate=R`: how many tokens come in a second, 0.1 to 100000
        - `think=N`: think for 1 to 100000 tokens first, 30 unless told
        - `call=N`: call 1 to 16 tools instead, one unless told
        - `refuse`: refuse to reply

        The words may come in any order, each at most once. For example:

        ```text
        [demo: error after=20]
        [demo: tokens=500 rate=1000]
        [demo: stall]
        [demo: think call=2]
        ```
        """;

    public const string Refusal = "I would rather not say anything about that: the message asked me to refuse, and a demo model does as it is told.";

    public static readonly string[] Thoughts =
    [
        "The message asks me to think, so let me pretend. ",
        "What could be meant by it? A demo model cannot know, but it can take its time. ",
        "None of this is part of the reply, and clients may hide it. ",
    ];

    public static readonly string[] Headings =
    [
        "## A reply in pieces 🧩", "## What a stream can do 🌊", "## Token by token 🐾", "## Nothing but ready sentences 🎭",
    ];

    public static readonly string[] Openings =
    [
        "Every word of this reply is written to a journal before anybody sees it. Close this page in the middle of a sentence, open it "
        + "somewhere else, and the text goes on where you left it, without a gap and without a word said twice.",
        "This text arrives a piece at a time, at about the speed at which people read along. A real model would take your words to heart; "
        + "this one picks from a small stock of paragraphs, and picks the same ones whenever the conversation is the same.",
        "While you read this, any number of other people could be reading it too. Each of them has a place of their own in the journal, "
        + "so a slow reader keeps nobody waiting, and nobody can miss what was said before they came.",
        "A conversation here is an actor: one small object, somewhere in the cluster, that alone may add to its own history. When the "
        + "machine below it dies, another takes over, reads the journal, and carries on with the reply.",
    ];

    public static readonly string[] Lists =
    [
        """
        Things worth trying while it runs:

        - 🔌 **Disconnect** in the middle, then come back: nothing is lost
        - 🛑 **Stop** the reply from another tab: it ends in both, at once
        - 👩‍💻 **Ask again**, and compare: the same question gets the same answer 👍🏽
        """,
        """
        Three promises, and somebody 👩‍💻 wrote a test for each:

        - 💾 what you have *seen* is already stored
        - 🔢 events are numbered without gaps, on every node
        - 🏁 a reply has one ending, and says which 👍🏽
        """,
        """
        A few things that a client has to draw well:

        - 👩‍💻 emoji that are several characters in one, like 👨‍👩‍👧‍👦 and 👍🏽
        - **bold**, *italic*, `code` and [links](https://learn.microsoft.com/dotnet/orleans/)
        - lists such as this one, half of which has yet to arrive ⏳
        """,
    ];

    public static readonly string[] Codes =
    [
        """
        ```csharp
        await foreach (var update in model.GetStreamingResponseAsync(messages))
        {
            Console.Write(update.Text);
        }
        ```
        """,
        """
        ```javascript
        const source = new EventSource(url);
        source.addEventListener("reply.delta", event => {
          page.append(JSON.parse(event.data).text);
        });
        ```
        """,
        """
        ```python
        for chunk in client.chat.completions.create(model="demo", messages=messages, stream=True):
            print(chunk.choices[0].delta.content or "", end="")
        ```
        """,
        """
        ```sh
        # -N shows each event as it comes
        curl -N -H "Last-Event-ID: 41" "$URL"
        ```
        """,
    ];

    public static readonly string[] RightToLeft =
    [
        "Some languages are written the other way: مرحبًا! هذا سطر يُكتب من اليمين إلى اليسار.",
        "Some languages are written the other way: שלום! השורה הזאת נכתבת מימין לשמאל.",
    ];

    public static readonly string[] Closings =
    [
        "That is all there is to say, and every client has now read the same. ✨",
        "Ask something else, or the same once more: there are only so many sentences here. 😄",
        "Here the reply ends, and it ends with the model's own signal, so it is complete. 🏁",
    ];
}
