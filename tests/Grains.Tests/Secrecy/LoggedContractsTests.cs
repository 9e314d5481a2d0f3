using System.Reflection;
using System.Runtime.CompilerServices;
using OrleansChat.Conversations;
using OrleansChat.Events;

namespace OrleansChat.Grains.Tests.Secrecy;

/// <summary>
/// Orleans logs a whole message where it drops one that came too late or cannot be delivered, and of an answer that is what it
/// carries, as text. What people and models say must not be in that.
/// </summary>
public sealed class LoggedContractsTests
{
    private const string Said = "what nobody may read in a log";

    // Ids, codes and the names of models, of which logs are full.
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "Id", "Value", "Message", "Parent", "Reply", "Head", "Model", "AnsweredBy", "OwnedBy", "Previous", "Next", "FirstKept", "Before", "After", "Call",
        "Code", "Currency", "Epoch", "Name", "Request", "Fingerprint", "FinishReason",
    };

    public static TheoryData<Type> Contracts => new(
        typeof(IConversationGrain).Assembly.GetTypes().Where(type =>
            !type.IsAbstract && !type.IsEnum && !type.IsAssignableTo(typeof(Exception)) && type.GetCustomAttribute<GenerateSerializerAttribute>() is not null));

    [Theory]
    [MemberData(nameof(Contracts))]
    public void A_contract_as_text_says_nothing_that_people_or_models_said(Type type)
    {
        var contract = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in FieldsOf(type).Where(field => field.FieldType == typeof(string)))
        {
            field.SetValue(contract, Plain.Contains(NameOf(field)) ? "plain" : Said);
        }

        Assert.DoesNotContain(Said, contract.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_is_its_code()
    {
        Assert.Equal("model_error", new ReplyError("model_error", Said).ToString());
    }

    private static IEnumerable<FieldInfo> FieldsOf(Type? type) => type is null
        ? []
        : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Concat(FieldsOf(type.BaseType));

    private static string NameOf(FieldInfo field) => field.Name.TrimStart('<').Split('>')[0];
}
