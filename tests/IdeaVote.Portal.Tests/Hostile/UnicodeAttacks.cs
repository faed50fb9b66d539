namespace IdeaVote.Portal.Tests.Hostile;

/// <summary>Letters that are not what they look like, are not seen, or are no letters at all.</summary>
internal static class UnicodeAttacks
{
    public static IEnumerable<string> All =>
    [
        "a\0b", "\u0001\u0002\u0003", "\u0007\u0008\u000b\u000c\u001b[31m", "\u007f\u0080\u009f", "\u2028", "\u2029", "a\u2028b", "\ufffe\uffff", "\ufffd", "\ue000\uf8ff", "\U000fffff\U0010ffff",
        "\u202eevil\u202c", "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069", "a\u202ecod.exe", "\u200f\u200e\u061c", "\u200b\u200c\u200d\u2060", "pay\u200bpal", "\u00ad\u00ad\u00ad", "\u00a0", "\u3000", "\u180e", "\u115f\u1160\u3164", "\u2800",
        "Z\u0351\u036b\u0343\u036a\u0302a\u0333\u030f\u0312l\u0366\u0321g\u0348o", "e" + new string('\u0301', 150), string.Concat(Enumerable.Repeat("a\u0300\u0316\u0317\u0318", 40)), "\u0301", "\u20dd\u20e3", "\u0483\u0488\u0489",
        "\u0430dmin", "\u0391dmin", "\uff41\uff44\uff4d\uff49\uff4e", "\ud835\udc1a\ud835\udc1d\ud835\udc26\ud835\udc22\ud835\udc27", "\u2474\u2460", "\u1d00\u1d05\u1d0d\u026a\u0274", "\uff1cscript\uff1e\uff41lert(1)\uff1c/script\uff1e", "\u02c2script\u02c3", "\u2039img src=x onerror=alert(1)\u203a", "\u212a\u017f\u0131\u0130", "\ufdfa", "\ufb03", "\u00df\u1e9e",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66", string.Concat(Enumerable.Repeat("\ud83d\udc68\u200d", 30)), "\ud83c\uddfa\ud83c", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "\U000e0041\U000e0042\U000e0043", "\u06dd\u0600\u070f", "\u0c1c\u0c4d\u0c1e\u200c\u0c3e", "\u062a\u0639\u0631\u064a\u0641 <b>", "\u05d0\u05d1\u05d2 \" onclick=\"",
    ];

    /// <summary>What is no UTF-8, or no encoding of anything: sent as it stands.</summary>
    public static IEnumerable<string> Bytes =>
    [
        "%FF", "%FE%FF", "%C0%AF", "%C0%80", "%E0%80%AF", "%F0%80%80%AF", "%ED%A0%80", "%ED%B0%80", "%ED%A0%BD%ED%B8%80", "%F4%90%80%80", "%F8%88%80%80%80", "%C3", "%E2%82", "%80%80%80", "%00", "%0", "%", "%%", "%GG", "%u0041", "%2", "+%2B+", "%EF%BB%BF", "%C2%85", "a%FFb%3Cscript%3E",
    ];
}
