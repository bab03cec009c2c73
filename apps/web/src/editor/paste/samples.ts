/** What programs really put on the clipboard, shortened to one of each kind of thing. */
export const samples = {
  word: `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1><b><span style='color:#2F5496'>Quarterly plan<o:p></o:p></span></b></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span style='font-size:12.0pt;color:red'>Bold</span></b><span
style='mso-spacerun:yes'>  </span>and <i>italic</i>, see <a href="https://example.org/a"><span style='color:#0563C1'>the
site</span></a><a name="_Toc1"></a>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>First<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>Below<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Second<o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Step<o:p></o:p></p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0'><td width=301 valign=top style='width:225.4pt;border:solid windowtext 1.0pt'><p class=MsoNormal><b>Name<o:p></o:p></b></p></td>
 <td width=301 colspan=2><p class=MsoNormal>Value<o:p></o:p></p></td></tr></table>
<p class=MsoNormal><img width=10 height=10 src="file:///C:/Users/x/clip_image001.png" v:shapes="Picture_x0020_1"></p>
<!--EndFragment--></body></html>`,

  wordOnline: `<div class="OutlineElement Ltr SCXW1"><p class="Paragraph SCXW1" style="color:windowtext"><span class="TextRun SCXW1" style="font-size:11pt"><span class="NormalTextRun SCXW1">Intro</span></span><span class="EOP SCXW1">&nbsp;</span></p></div>
<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle1 SCXW1" role="list"><li data-leveltext="" data-font="Symbol" data-listid="1" data-aria-posinset="1" data-aria-level="1" role="listitem" class="OutlineElement SCXW1"><p class="Paragraph SCXW1"><span class="TextRun">One</span><span class="EOP">&nbsp;</span></p></li></ul></div>
<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle2 SCXW1" role="list"><li data-leveltext="o" data-listid="1" data-aria-posinset="1" data-aria-level="2" role="listitem" class="OutlineElement SCXW1"><p class="Paragraph SCXW1"><span class="TextRun">Two</span></p></li></ul></div>`,

  googleDocs: `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1f"><h2 dir="ltr" style="line-height:1.38;margin-top:18pt;"><span style="font-size:16pt;font-weight:400;font-style:normal;text-decoration:none;vertical-align:baseline;">Agenda</span></h2><p dir="ltr" style="line-height:1.38;"><span style="font-weight:400;">Plain </span><span style="font-weight:700;font-style:normal;">bold</span><span style="font-weight:400;font-style:italic;"> slanted</span><span style="font-family:'Courier New',monospace;font-weight:400;"> code</span></p><br /><ul style="margin-top:0;"><li dir="ltr" style="list-style-type:disc;" aria-level="1"><p dir="ltr" role="presentation"><span>One</span></p></li><ul style="margin-top:0;"><li dir="ltr" style="list-style-type:circle;" aria-level="2"><p dir="ltr" role="presentation"><span>Deeper</span></p></li></ul></ul><ul><li dir="ltr" role="checkbox" aria-checked="true" aria-level="1" style="list-style-type:none;"><img src="data:image/png;base64,AAAA" width="18px" alt="checked" aria-roledescription="checkbox" /><p style="display:inline-block;"><span>Done</span></p></li></ul></b>`,

  sheets: `<meta charset='utf-8'><google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}br {mso-data-placement:same-cell;}--></style><table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" cellpadding="0" dir="ltr" border="1" style="table-layout:fixed;" data-sheets-root="1"><colgroup><col width="100"/><col width="100"/></colgroup><tbody><tr style="height:21px;"><td style="overflow:hidden;font-weight:bold;" data-sheets-value="{&quot;1&quot;:2}">Host</td><td style="font-weight:bold;">Load</td></tr><tr style="height:21px;"><td style="overflow:hidden;">db1<br/>db2</td><td style="text-align:right;">0.7</td></tr></tbody></table></google-sheets-html-origin>`,

  excel: `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=Generator content="Microsoft Excel 15"><style><!--table {mso-displayed-decimal-separator:"\\.";} .xl65 {font-weight:700;}--></style></head><body link="#0563C1">
<table border=0 cellpadding=0 cellspacing=0 width=128 style='border-collapse:collapse;width:96pt'><!--StartFragment--><col width=64 span=2 style='width:48pt'>
 <tr height=20 style='height:15.0pt'><td height=20 class=xl65 width=64>Item</td><td class=xl65>Price</td></tr>
 <tr height=20 style='display:none'><td>hidden</td><td>1</td></tr>
 <tr height=20><td height=20>Tea</td><td align=right x:num>2.50</td></tr><!--EndFragment--></table></body></html>`,

  github: `<h2 tabindex="-1" class="heading-element" dir="auto">Usage</h2><a id="user-content-usage" class="anchor" aria-label="Permalink" href="#usage"><svg class="octicon"><path d="m7.7"></path></svg></a><p dir="auto">Run <code>npm start</code> or <kbd>F5</kbd>:</p><div class="highlight highlight-source-shell notranslate" dir="auto"><pre><span class="pl-c">#</span> start
npm start</pre><div class="zeroclipboard-container"><button>Copy</button></div></div><ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled="" checked=""> ship</li></ul><details><summary>More</summary><p>inside</p></details>`,

  mail: `<div dir="ltr">Dear all,<br><br>it works.<br>See you<div><br></div><div><font color="#888888">Jane</font></div></div><blockquote class="gmail_quote">before</blockquote><img src="https://example.org/pixel" width="1" height="1">`,

  evil: `<p onclick="x()">a<script>alert(1)</script><a href="javascript:alert(1)">b</a><img src="x" onerror="alert(1)"><iframe src="https://e"></iframe></p><style>p{}</style><table><td>one</table>`,

  confluence: `<div class="confluence-information-macro confluence-information-macro-note"><p class="title">Mind</p><span class="aui-icon confluence-information-macro-icon"></span><div class="confluence-information-macro-body"><p>the gap <span class="status-macro aui-lozenge aui-lozenge-success">OK</span></p></div></div><div class="code panel pdl" style="border-width: 1px;"><div class="codeContent panelContent pdl"><pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: java; gutter: false">int a;
int b;</pre></div></div><div class="table-wrap"><table class="confluenceTable"><tbody><tr><th class="confluenceTh">H</th><td class="confluenceTd">1</td></tr></tbody></table></div><ul class="inline-task-list" data-inline-tasks-content-id="1"><li data-inline-task-id="1" class="checked"><span>did</span></li></ul>`,

  markdown: `# Deploy\n\nRun **this** and \`that\`, see [docs](https://example.org).\n\n\`\`\`sh\nnpm start\n\`\`\`\n\n| Host | Load |\n| --- | ---: |\n| db1 | 0.7 |\n\n- [x] done\n- [ ] open\n\n1. one\n   - deep\n\n> said\n`,
} as const;
