namespace OrleansChat.Documentation;

/// <summary>What the examples of the document have in common.</summary>
internal static class Examples
{
    public const string Conversation = """
        {"id":"conv_01k9xf2q6r3m8t5v0w7y1z4b2c","title":"The colour of the sky","model":"demo","system":null,"metadata":{"project":"physics"},
        "created_at":"2026-11-21T05:50:12.480Z","updated_at":"2026-11-21T05:50:14.020Z","status":"idle","sequence":57,"head":"msg_3"}
        """;

    public const string Message = """
        {"id":"msg_2","parent":null,"role":"user","content":"Why is the sky blue?","status":"completed","sequence":2,
        "created_at":"2026-11-21T05:50:12.480Z","model":null,"answered_by":null,"finish_reason":null,"usage":null,"error":null,"siblings":{"position":1,"count":1,"previous":null,"next":null}}
        """;

    public const string Reply = """
        {"id":"msg_3","parent":"msg_2","role":"assistant","content":"","status":"completed","sequence":9,"created_at":"2026-11-21T05:50:12.480Z","model":"demo",
        "answered_by":null,"finish_reason":"tool_calls","usage":null,"error":null,"siblings":{"position":1,"count":1,"previous":null,"next":null},
        "reasoning":[{"text":"The weather tool knows."}],"tool_calls":[{"id":"call_1","name":"get_weather","arguments":"{\"city\":\"Paris\"}"}]}
        """;

    public const string Usage = """
        {"from":"2026-11-20","to":"2026-11-21",
        "data":[{"day":"2026-11-21","model":"gpt","replies":12,"estimated_replies":1,"input_tokens":5210,"cached_input_tokens":1024,"output_tokens":3110,"reasoning_tokens":0,"costs":[{"currency":"USD","amount":0.006}]}],
        "total":{"replies":12,"estimated_replies":1,"input_tokens":5210,"cached_input_tokens":1024,"output_tokens":3110,"reasoning_tokens":0,"costs":[{"currency":"USD","amount":0.006}]}}
        """;

    public const string JsonLines = """
        {"type":"conversation","version":1,"id":"conv_01k9xf2q6r3m8t5v0w7y1z4b2c","title":"The sky","model":"demo","system":null,"metadata":{},"created_at":"2026-11-21T05:50:12.480Z","updated_at":"2026-11-21T05:50:14.020Z"}
        {"type":"message","id":"msg_2","parent":null,"role":"user","content":"Why is the sky blue?","status":"completed","created_at":"2026-11-21T05:50:12.480Z","model":null,"finish_reason":null,"usage":null,"error":null}

        """;

    public const string Markdown = """
        <!-- orleanschat {"type":"conversation","version":1,"id":"conv_01k9xf2q6r3m8t5v0w7y1z4b2c","title":"The sky","model":"demo","system":null,"metadata":{},"created_at":"2026-11-21T05:50:12.480Z","updated_at":"2026-11-21T05:50:14.020Z"} -->
        # The sky

        <!-- orleanschat {"type":"message","id":"msg_2","parent":null,"role":"user","status":"completed","created_at":"2026-11-21T05:50:12.480Z","model":null,"finish_reason":null,"usage":null,"error":null} -->
        ## User

        Why is the sky blue?


        """;

    public const string Events = """
        retry: 2000

        id: 4
        event: reply.delta
        data: {"type":"reply.delta","sequence":4,"message":"msg_3","text":"Because"}


        """;

    public const string OwnerEvents = """
        retry: 2000

        id: MTsxNzYzNzA0MjEyNDgw
        event: conversation.deleted
        data: {"type":"conversation.deleted","id":"conv_01k9xf2q6r3m8t5v0w7y1z4b2c","conversation":null,"reply":null,"status":null}


        """;

    public const string Content = """
        data: {"content": "Because"}

        data: [DONE]


        """;

    public const string Key =
        """{"id":"7f3k9m2x4q8b","name":"laptop","owner":"alice","scopes":["read","write"],"created_at":"2026-11-21T05:50:12.480Z","expires_at":"2027-11-21T00:00:00Z","revoked_at":null,"last_used_at":null}""";
}
