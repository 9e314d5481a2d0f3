namespace OrleansChat.Generation;

/// <summary>Whether a model may, must or must not call tools.</summary>
[GenerateSerializer, Alias("OrleansChat.ToolChoiceMode")]
public enum ToolChoiceMode
{
    /// <summary>It may.</summary>
    Auto,

    /// <summary>It must not.</summary>
    None,

    /// <summary>It must call one or more.</summary>
    Required,

    /// <summary>It must call the one that is named.</summary>
    Named,
}
